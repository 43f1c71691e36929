import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { renderer as junitOfOne } from '../../reports/junit.ts'
import { glance } from '../../reports/roll-up/default.ts'
import { renderer as html } from '../../reports/roll-up/html.ts'
import { renderer as junit } from '../../reports/roll-up/junit.ts'
import { renderer as markdown } from '../../reports/roll-up/markdown.ts'
import { renderer as record } from '../../reports/roll-up/record.ts'
import { rollUpRenderers } from '../../reports/roll-up/renderers.ts'
import type { RollUp, RollUpRenderer } from '../../reports/roll-up/roll-up.ts'
import { rowsOf } from '../../reports/roll-up/rows.ts'
import { shares } from '../../reports/roll-up/shares.ts'
import { renderers } from '../../reports/renderers.ts'
import { HOSTILE, hostileTrials } from './hostile.ts'
import { makeInput, text } from './make-input.ts'
import { broken, failing, makeRollUp, makeRun, manyTrials, partial, passing } from './make-roll-up.ts'
import { elements, parseXml } from './parse-xml.ts'

const PLACE = { dir: '/work/runs/roll-up/20261123-100000-000-ab12' }

const render = (renderer: RollUpRenderer, rollUp: RollUp, place = PLACE): Promise<string> =>
  text(renderer.render(rollUp, place))

/** Every kind of outcome, the worst last but for one. */
const MIXED = makeRollUp([
  passing('green'),
  { file: 'never/suite.yaml', is: 'not_run' },
  partial('halfway'),
  failing('red'),
  broken('torn/suite.yaml'),
])

describe('the suites of a roll-up', () => {
  it('stand with the worst decision first, those alike as they were asked for', () => {
    expect(rowsOf(MIXED).map(({ name }) => name)).toStrictEqual([
      'torn/suite.yaml',
      'halfway',
      'red',
      'never/suite.yaml',
      'green',
    ])
    const alike = makeRollUp([passing('b'), failing('z'), passing('a')])
    expect(rowsOf(alike).map(({ name }) => name)).toStrictEqual(['z', 'b', 'a'])
  })

  it('tell their decision by shape and word, and why in one sentence', () => {
    expect(rowsOf(MIXED).map(({ word }) => word)).toStrictEqual([
      '✗ NOT RUN',
      '? INCOMPLETE',
      '✗ BLOCK',
      '? NOT RUN',
      '✓ PASS',
    ])
    const [, halfway, red] = rowsOf(MIXED)
    expect(halfway?.sentence).toBe('The run was cut short. 2 of 3 planned cells did not finish.')
    expect(red?.sentence).toBe('1 of 1 cells failed; the suite has no gate, so every cell must pass.')
  })

  it('show the columns that gate, and all of them where none does', () => {
    const trials = ['few-shot', 'zero-shot'].flatMap((prompt) => manyTrials(20, { prompt }))
    const gate = { ship: [{ prompt: 'few-shot' }], floors: { pass: 0.5 } }
    const columnsOf = (input: ReturnType<typeof makeInput>): string[] =>
      rowsOf(makeRollUp([makeRun('mail', input)])).flatMap(({ columns }) =>
        columns.map(({ prompt }) => prompt),
      )
    expect(columnsOf(makeInput({ trials, settings: { gate } }))).toStrictEqual(['few-shot'])
    expect(columnsOf(makeInput({ trials }))).toStrictEqual(['few-shot', 'zero-shot'])
  })
})

describe('the page of several suites', () => {
  it('links every suite with its own page, by a relative address that holds for any name', async () => {
    const page = await render(html, makeRollUp([passing('mail'), passing('50% #1?')]))
    expect(page).toContain('href="../../mail/run-1/report.html"')
    expect(page).toContain('href="../../50%25%20%231%3F/run-1/report.html"')
    const elsewhere = await render(html, makeRollUp([passing('mail')]), { dir: '/work' })
    expect(elsewhere).toContain('href="runs/mail/run-1/report.html"')
  })

  it('says what could not be run and why, what all cost, and the exit code', async () => {
    const page = await render(html, MIXED)
    expect(page).toContain('error: no such prompt\nhint: name another')
    expect(page).toContain('The command was interrupted before this suite was begun.')
    expect(page).toMatch(/5 suites · 5 cells · [^<]*spent · exit code 1/)
  })

  it('has no script, no style but its own, and nothing that leaves it', async () => {
    const page = await render(html, MIXED)
    expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+';/)
    expect(page).not.toMatch(/<script| style=|https?:| src=| on\w+=/)
  })
})

describe('the JUnit file of several suites', () => {
  it('holds every suite as its own report does', async () => {
    const suites = [failing('red'), passing('green')]
    const together = elements(parseXml(await render(junit, makeRollUp(suites))), 'testsuite')
    const alone = await Promise.all(
      suites.map(async (suite) => {
        if (suite.is !== 'run') throw new Error('not a run')
        return elements(parseXml(await text(junitOfOne.render(suite.input))), 'testsuite')
      }),
    )
    expect(together).toStrictEqual(alone.flat())
    expect(together.map(({ attributes }) => attributes['name'])).toStrictEqual([
      'red',
      'red gates',
      'green',
      'green gates',
    ])
  })

  it('has a suite that could not be run as an error, and one whose turn never came as skipped', async () => {
    const document = parseXml(await render(junit, MIXED))
    const named = (name: string) =>
      elements(document, 'testsuite').find(({ attributes }) => attributes['name'] === name)
    expect(named('torn/suite.yaml')?.attributes).toMatchObject({ tests: '1', errors: '1', skipped: '0' })
    expect(named('torn/suite.yaml')?.children[0]?.children[0]).toMatchObject({
      name: 'error',
      text: 'error: no such prompt\nhint: name another',
    })
    expect(named('never/suite.yaml')?.children[0]?.children[0]?.name).toBe('skipped')
  })

  it('reads one run after the other, and none before it is needed', async () => {
    const read: string[] = []
    const watched = ['a', 'b'].map((name) => {
      const input = makeInput({ trials: manyTrials(2_000) })
      async function* trials() {
        read.push(name)
        yield* input.run.trials()
      }
      return makeRun(name, { ...input, run: { ...input.run, trials } })
    })
    const chunks = junit.render(makeRollUp(watched), PLACE)[Symbol.asyncIterator]()
    await chunks.next()
    expect(read).toStrictEqual(['a'])
    while ((await chunks.next()).done !== true);
    expect(read).toStrictEqual(['a', 'b'])
  })

  it('of twenty runs of 10,000 cells stays under 30 MB, and names every suite', async () => {
    const failed = makeInput({
      trials: Array.from({ length: 10_000 }, (_, i) => ({
        ...hostileTrials()[0]!,
        cell: { ...hostileTrials()[0]!.cell, caseId: `case-${i}` },
      })),
    })
    const suites = Array.from({ length: 20 }, (_, i) => makeRun(`suite-${i}`, failed))
    let bytes = 0
    const names = new Set<string>()
    for await (const chunk of junit.render(makeRollUp(suites), PLACE)) {
      bytes += Buffer.byteLength(chunk)
      for (const [, name = ''] of chunk.matchAll(/<testsuite name="(suite-\d+)"/g)) names.add(name)
    }
    expect(bytes).toBeLessThan(30_000_000)
    expect(names.size).toBe(20)
  })
})

describe('the summary of several suites', () => {
  it('stays under 60 KB, however many there are and whatever they hold, and tells of each', async () => {
    const hostile = makeInput({ trials: hostileTrials() })
    const suites = Array.from({ length: 30 }, (_, i) => makeRun(`suite-${i}`, hostile))
    const rendered = await render(markdown, makeRollUp(suites))
    expect(Buffer.byteLength(rendered)).toBeLessThanOrEqual(60_000)
    for (const { file } of suites) expect(rendered).toContain(file.split('/')[0])
  })

  it('shows the first screen of each suite whole where there is room, the worst first', async () => {
    const rendered = await render(markdown, makeRollUp([passing('green'), failing('red')]))
    const [green, red] = [rendered.indexOf('## PASS: green'), rendered.indexOf('## BLOCK: red')]
    expect(red).toBeGreaterThan(0)
    expect(green).toBeGreaterThan(red)
    expect(rendered).toContain('| ✗ BLOCK |')
    expect(rendered).not.toContain('left out to stay under')
  })
})

describe('roll-up.json', () => {
  it('is what its published schema says, for every kind of outcome', async () => {
    const schema = z.fromJSONSchema(
      JSON.parse(await readFile('schemas/roll-up.json', 'utf8')) as z.core.JSONSchema.JSONSchema,
    )
    const rendered = JSON.parse(await render(record, MIXED)) as Record<string, unknown>
    expect(schema.safeParse(rendered).error).toBeUndefined()
    expect(schema.safeParse({ ...rendered, extra: 1 }).success).toBe(false)
    expect(rendered).toMatchObject({
      exitCode: 1,
      suites: [
        { file: 'green/suite.yaml', is: 'run', decision: 'pass', run: { dir: '../../green/run-1' } },
        { file: 'never/suite.yaml', is: 'not_run' },
        { is: 'run', decision: 'invalid', cells: { planned: 3, absent: 2 } },
        { is: 'run', decision: 'block' },
        { is: 'broken', exitCode: 2 },
      ],
    })
  })
})

describe('every format of --reporter', () => {
  it('has a way to hold several suites, but for GitHub, which takes no document', () => {
    const others = Object.keys(renderers).filter((name) => name !== 'github')
    expect(Object.keys(rollUpRenderers)).toStrictEqual(others)
  })

  it('holds all of them in one document', async () => {
    const two = makeRollUp([failing('red'), passing('green')])
    const list = JSON.parse(await render(await rollUpRenderers.json(), two)) as { decision: string }[]
    expect(list.map(({ decision }) => decision)).toStrictEqual(['block', 'pass'])
    const lines = (await render(await rollUpRenderers.jsonl(), two)).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toStrictEqual([
      'failed',
      'passed',
    ])
    const terminal = await render(await rollUpRenderers.default(), two)
    expect(terminal.indexOf('green')).toBeLessThan(terminal.lastIndexOf('Suites'))
  })

  it.each([
    ['html', /<script|<img|href="javascript/],
    ['markdown', /<script|<img|!\[x\]|@someone|\]\(javascript/],
    ['default', /\p{Cc}(?<!\n)|\u202E/u],
    ['junit', /\p{Cc}(?<!\n)|\u202E/u],
  ] as const)('lets no hostile text out: %s', async (name, harmful) => {
    const rollUp = makeRollUp([
      makeRun(HOSTILE, makeInput({ trials: hostileTrials() })),
      broken(HOSTILE, HOSTILE),
      { file: HOSTILE, is: 'not_run' },
    ])
    const rendered = await render(await rollUpRenderers[name](), rollUp)
    expect(rendered).not.toMatch(harmful)
    if (name === 'junit') expect(() => parseXml(rendered)).not.toThrow()
  })

  it('has a place for no suite at all', async () => {
    for (const load of Object.values(rollUpRenderers)) await render(await load(), makeRollUp([]))
    expect(glance(makeRollUp([]), {})).toContain('0 suites')
  })
})

describe('a total that is shared', () => {
  it.each([
    [100, [10, 20], [10, 20]],
    [100, [10, 200, 300], [10, 45, 45]],
    [99, [200, 300, 40], [33, 33, 33]],
    [0, [5], [0]],
    [10, [], []],
  ])('of %i among needs of %j gives %j', (total, needs, given) => {
    expect(shares(total, needs)).toStrictEqual(given)
  })
})
