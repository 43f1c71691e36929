import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeRandom } from '../../harness/stats/random.ts'
import { drawBeta, drawLatency, drawLevel } from '../../scripts/simulate-gate/chances.ts'
import { judge } from '../../scripts/simulate-gate/criteria.ts'
import { asJson, tableText } from '../../scripts/simulate-gate/print.ts'
import type { Table } from '../../scripts/simulate-gate/scenario.ts'
import { atMost } from '../../scripts/simulate-gate/scenario.ts'
import type { Simulated } from '../../scripts/simulate-gate/simulate.ts'
import { allHold, simulate } from '../../scripts/simulate-gate/simulate.ts'
import { TABLES } from '../../scripts/simulate-gate/tables.ts'

const ROOT = join(import.meta.dirname, '../..')
const SCRIPT = join(ROOT, 'scripts/simulate-gate.ts')
const runFile = promisify(execFile)

describe('the quick simulation of the gate', () => {
  let simulated: readonly Simulated[] = []

  beforeAll(async () => {
    simulated = await simulate({ tables: TABLES, seed: 1, quick: true, threads: 2 })
  })

  it('holds every criterion: false alarms, false "no worse", power, confirmation, latency, stopping', () => {
    const broken = simulated.flatMap(({ rows }) =>
      rows.flatMap(({ name, judged }) => judged.filter(({ holds }) => !holds).map((one) => [name, one])),
    )
    expect(broken).toEqual([])
    const criteria = simulated.flatMap(({ rows }) => rows.flatMap(({ judged }) => judged))
    expect(criteria.length).toBeGreaterThan(100)
  })

  it('counts what rules without statistics would have done beside it, and they do not hold', () => {
    const rows = simulated.find(({ table }) => table.key === 'unchanged')?.rows ?? []
    const single = rows.filter(({ name }) => /^p 0\.(5|8), (50|100) × 1$/.test(name))
    expect(single).toHaveLength(4)
    for (const row of single) {
      const [naive] = judge([atMost('any drop', 0.025)], row)
      expect(naive?.holds).toBe(false)
    }
  })

  it('prints each scenario with its rates, how often it was drawn, and whether its criteria hold', () => {
    const text = simulated.map(tableText).join('\n')
    for (const { rows } of simulated) for (const { name } of rows) expect(text).toContain(`| ${name} `)
    expect(text).not.toMatch(/NaN|undefined|BROKEN|Infinity/)
  })

  it('hands out every count and criterion as JSON', () => {
    const json = JSON.stringify(asJson(simulated, { seed: 1, quick: true }))
    expect(JSON.parse(json)).toMatchObject({ v: 1, seed: 1, quick: true, holds: true })
    expect(json).not.toContain('null')
  })
})

describe('the figures of a simulation', () => {
  const tables = TABLES.filter(({ key }) => key === 'latency' || key === 'settling')
  const counts = async (seed: number, threads: number): Promise<unknown> => {
    const simulated = await simulate({ tables, seed, quick: true, threads })
    return simulated.map(({ rows }) => rows)
  }

  it('are the same on one thread and on two, and others with another seed', async () => {
    const [one, two, other] = await Promise.all([counts(7, 1), counts(7, 2), counts(8, 2)])
    expect(two).toEqual(one)
    expect(other).not.toEqual(one)
  })
})

describe('a criterion', () => {
  const result = { name: 'one', replicates: 1000, counts: { regression: 40, found: 899 } }

  it('holds up to three standard errors over its limit, and no further', () => {
    // 0.025 + 3 × 0.00494 = 0.0398
    expect(judge([atMost('regression', 0.025)], result)).toMatchObject([{ holds: false, observed: 0.04 }])
    expect(judge([atMost('regression', 0.026)], result)).toMatchObject([{ holds: true }])
    expect(judge([atMost('regression', 0.025, 0.007)], result)).toMatchObject([{ holds: true }])
  })

  it('holds for what never happened, and breaks for what must never happen and did', () => {
    expect(judge([atMost('invalid', 0)], result)).toMatchObject([{ holds: true, observed: 0 }])
    expect(judge([atMost('regression', 0)], result)).toMatchObject([{ holds: false }])
  })

  it('of a least rate allows nothing below it', () => {
    expect(judge([{ kind: 'at_least', event: 'found', limit: 0.9 }], result)).toMatchObject([
      { holds: false },
    ])
    expect(judge([{ kind: 'at_least', event: 'found', limit: 0.899 }], result)).toMatchObject([
      { holds: true },
    ])
  })

  it('of a figure that was simulated too counts both standard errors, in both directions', () => {
    const near = (limit: number, limitSe: number) =>
      judge([{ kind: 'near', event: 'regression', limit, limitSe, slack: 0, source: 'elsewhere' }], result)
    expect(near(0.065, 0)).toMatchObject([{ holds: false, source: 'elsewhere' }])
    expect(near(0.065, 0.004)).toMatchObject([{ holds: true }])
    expect(near(0.024, 0)).toMatchObject([{ holds: false }])
  })

  it('that does not hold is named below its table, and the whole does not hold', () => {
    const table: Table = { key: 'k', title: 'Title', notes: [], columns: [], scenarios: [] }
    const simulated = [{ table, rows: [{ ...result, judged: judge([atMost('regression', 0.025)], result) }] }]
    expect(allHold(simulated)).toBe(false)
    expect(tableText({ table, rows: simulated[0]?.rows ?? [] })).toContain(
      '- one: regression 4.00%, allowed 0.00% to 3.98%: 2.50%, SE 0.49%.',
    )
  })
})

describe('what is drawn', () => {
  const mean = (draw: (random: () => number) => number): number => {
    const random = makeRandom(3)
    let sum = 0
    for (let i = 0; i < 20_000; i++) sum += draw(random)
    return sum / 20_000
  }

  it('has the mean that its scenario names', () => {
    expect(mean((random) => drawLevel(random, 0.8))).toBeCloseTo(0.8, 2)
    expect(mean((random) => drawBeta(random, 1.6, 0.4))).toBeCloseTo(0.8, 2)
    expect(mean((random) => (drawLatency(random, 800, 0.5) < 800 ? 1 : 0))).toBeCloseTo(0.5, 1)
  })

  it('lies on the five levels of a judge', () => {
    const random = makeRandom(3)
    const levels = new Set(Array.from({ length: 500 }, () => drawLevel(random, 0.5)))
    expect([...levels].sort((a, b) => a - b)).toEqual([0, 0.25, 0.5, 0.75, 1])
  })
})

describe('simulate-gate', () => {
  it('refuses a table that there is not, and names those there are', async () => {
    await expect(runFile(process.execPath, [SCRIPT, '--only', 'everything'])).rejects.toMatchObject({
      stderr: expect.stringContaining('expected one of unchanged, margin'),
    })
  })

  it.each([
    ['--seed', 'x'],
    ['--jobs', '0'],
  ])('refuses %s %s', async (option, value) => {
    await expect(runFile(process.execPath, [SCRIPT, option, value])).rejects.toMatchObject({
      stderr: expect.stringContaining(`${option} ${value}: expected a whole number`),
    })
  })

  it('prints one table alone as JSON on stdout, and progress elsewhere', async () => {
    const { stdout } = await runFile(process.execPath, [SCRIPT, '--quick', '--json', '--only', 'latency'])
    expect(JSON.parse(stdout)).toMatchObject({ holds: true, tables: [{ key: 'latency' }] })
  })
})

describe('docs/statistics.md', () => {
  const docs = readFileSync(join(ROOT, 'docs/statistics.md'), 'utf8')

  it('holds the measured table, with its seed', () => {
    expect(docs.match(/^\| .* \|$/gm)?.length).toBeGreaterThan(20)
    expect(docs).toMatch(/Seed \d+; [\d,]+ to [\d,]+ pairs/)
  })
})
