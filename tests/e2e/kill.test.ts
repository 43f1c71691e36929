import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../faults/start-server.ts'
import { Project } from './cli.ts'
import { begunRun, killAt, momentsOf, recordedCalls, settledCalls } from './kill.ts'
import { CALLS, CELLS, IN_FLIGHT, killSuite } from './kill-suite.ts'

const KILLS_A_SEED = 11
const SEEDS = [11, 22, 33, 44, 55]
const SCRIPT = {
  accounts: {
    '*': { latency: { medianMs: 4, sigma: 0.5 } },
    grader: { grades: true, latency: { medianMs: 4 } },
  },
}

/** What became of a run that was killed again and again. */
interface Outcome {
  readonly kills: number
  /** Calls the server had for cells, and those of them that were not on record when a kill came: they had to be made again. */
  readonly calls: number
  readonly unrecorded: readonly number[]
  readonly cellIds: readonly string[]
  readonly analysis: unknown
  readonly code: number | null
}

/** Figures that differ between two runs of the same: how long things took, and the run's id. */
function comparable(project: Project, run: string): unknown {
  const analysis = project.read(join(run, 'analysis.json'))
  return JSON.parse(analysis, (key, value: unknown) =>
    ['runId', 'latencyMs', 'ttftMs', 'addedMs'].includes(key) ? undefined : value,
  )
}

async function runToTheEnd(seed: number, kills: number): Promise<Outcome> {
  await using server = await startServer(SCRIPT)
  const project = new Project(killSuite())
  const next = (): readonly string[] => {
    const run = begunRun(project)
    return run === undefined ? ['run', 'suite.yaml'] : ['resume', run]
  }
  const unrecorded: number[] = []
  let lost = 0
  let killed = 0
  for (const moment of momentsOf(seed, kills)) {
    const running = project.start(next(), { env: server.env })
    if (!(await killAt(moment, { project, server, running }))) break
    killed++
    const missing = (await settledCalls(server)) - recordedCalls(project)
    unrecorded.push(missing - lost)
    lost = missing
  }
  const { code } = await project.assay(next(), { env: server.env })
  const run = begunRun(project) ?? ''
  return {
    kills: killed,
    calls: await settledCalls(server),
    unrecorded,
    cellIds: project.trials(run).map(({ cell }) => cell.id),
    analysis: comparable(project, run),
    code,
  }
}

const outcomes = new Map<number, Outcome>()
let unbroken: Outcome

/** Two at a time: most of the time goes into starting processes. */
beforeAll(async () => {
  const seeds = [0, ...SEEDS]
  const work = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      outcomes.set(seed, await runToTheEnd(seed, seed === 0 ? 0 : KILLS_A_SEED))
    }
  }
  await Promise.all([work(), work()])
  unbroken = outcomes.get(0) as Outcome
}, 600_000)

describe('a run that nothing disturbs', () => {
  it('makes every call once', () => {
    expect(unbroken).toMatchObject({ calls: CALLS, code: 1, kills: 0 })
    expect(new Set(unbroken.cellIds).size).toBe(CELLS)
  })
})

describe.each(SEEDS)('a run of 500 cells that is killed and resumed until it is done, seed %i', (seed) => {
  const outcome = (): Outcome => outcomes.get(seed) as Outcome

  it('is killed as often as it was meant to be', () => {
    expect(outcome().kills).toBeGreaterThanOrEqual(10)
  })

  it('has every cell on record, once', () => {
    const { cellIds } = outcome()
    expect(cellIds).toHaveLength(CELLS)
    expect(new Set(cellIds)).toEqual(new Set(unbroken.cellIds))
  })

  it('calls again only what was in flight when the kill came', () => {
    const { calls, unrecorded } = outcome()
    const again = unrecorded.reduce((sum, count) => sum + count, 0)
    expect(calls).toBe(CALLS + again)
    expect(Math.min(...unrecorded)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...unrecorded)).toBeLessThanOrEqual(IN_FLIGHT)
  })

  it('comes to the analysis and the exit code of a run that nothing disturbs', () => {
    expect(outcome().code).toBe(unbroken.code)
    expect(outcome().analysis).toEqual(unbroken.analysis)
  })
})
