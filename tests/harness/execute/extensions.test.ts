import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runBeforeAll } from '../../../harness/execute/before-all.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { readSuite } from '../../../harness/suite/read.ts'
import type { Suite } from '../../../harness/model/suite.ts'
import { caseOf, casesOf, providerOf, run, suiteOf, verifierOf } from './world.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-hooks-'))
})

/** A suite whose extension is the given code, called as `file://hooks.mjs<name>`. */
async function hooked(code: string, name = '', over: Parameters<typeof suiteOf>[0] = {}): Promise<Suite> {
  await writeFile(join(dir, 'hooks.mjs'), code)
  return suiteOf({
    dir,
    root: dir,
    file: join(dir, 'suite.yaml'),
    extensions: [`file://hooks.mjs${name}`],
    ...over,
  })
}

describe('the calling conventions', () => {
  it('a function named after a hook is told of that hook alone, as (context, {hookName})', async () => {
    const code = `import { appendFileSync } from 'node:fs'
      export function beforeEach(context, { hookName }) {
        appendFileSync(${JSON.stringify(join(dir, 'log'))}, hookName + ' ' + Object.keys(context) + '\\n')
      }`
    await run(await hooked(code, ':beforeEach', { tests: casesOf(1) }), providerOf())
    expect(await readFile(join(dir, 'log'), 'utf8')).toBe('beforeEach test\n')
  })

  it('any other function is told of all hooks, as (hookName, context)', async () => {
    const code = `import { appendFileSync } from 'node:fs'
      export default function (hookName, context) {
        appendFileSync(${JSON.stringify(join(dir, 'log'))}, hookName + ' ' + Object.keys(context) + '\\n')
      }`
    const suite = await runBeforeAll(await hooked(code, '', { tests: casesOf(1) }), { env: {}, cwd: dir })
    await run(suite, providerOf())
    expect(await readFile(join(dir, 'log'), 'utf8')).toBe(
      'beforeAll suite\nbeforeEach test\nafterEach test,result\nafterAll results,suite,prompts,evalId\n',
    )
  })
})

describe('beforeEach', () => {
  it('may change the vars, by returning the test or in place, for that cell alone', async () => {
    const code = `export function beforeEach({ test }) {
      if (test.vars.q === 'question 0') return { test: { ...test, vars: { q: 'returned' } } }
      test.vars.q += ' in place'
    }`
    const suite = await hooked(code, ':beforeEach', { tests: casesOf(2) })
    const { trials } = await run(suite, providerOf(), {}, { repeat: 2 })
    expect(trials.map(({ request }) => request.prompt).toSorted()).toEqual([
      'Answer: question 1 in place',
      'Answer: question 1 in place',
      'Answer: returned',
      'Answer: returned',
    ])
  })

  it('may change the checks; those it leaves alone keep their place', async () => {
    const code = `export function beforeEach({ test }) {
      test.assert.push({ type: 'contains', value: 'x' })
      return { test }
    }`
    const tests = [caseOf({ vars: { q: 'a' }, assert: [{ type: 'equals', value: 'y' }] }, 5)]
    const seen: unknown[] = []
    const verifier = verifierOf()
    const verify: typeof verifier.verify = (input) => {
      seen.push(input.case.checks.map(({ assertion, at }) => [assertion.type, at.line]))
      return verifier.verify(input)
    }
    await run(
      await hooked(code, ':beforeEach', { tests }),
      providerOf(),
      { verifier: verifierOf({ verify }) },
      { repeat: 2 },
    )
    expect(seen).toEqual([
      [
        ['equals', 5],
        ['contains', 5],
      ],
      [
        ['equals', 5],
        ['contains', 5],
      ],
    ])
  })

  it('that throws ends the run with exit code 2, as under promptfoo; what was recorded stays', async () => {
    const code = `let n = 0
      export function beforeEach() { if (++n === 3) throw new Error('broken hook') }`
    const suite = await hooked(code, ':beforeEach', { tests: casesOf(50) })
    let finished = 0
    const onTrial = () => finished++
    await expect(run(suite, providerOf(), { concurrency: 1, onTrial })).rejects.toMatchObject({
      exitCode: 2,
      message: `Extension hook "beforeEach" failed for file://hooks.mjs:beforeEach: broken hook`,
    })
    expect(finished).toBe(2)
  })
})

describe('afterEach', () => {
  it('may add scores and metadata, not change the verdict', async () => {
    const code = `export function afterEach({ result }) {
      return { result: { ...result, success: false, score: 0,
        namedScores: { style: 0.5, broken: NaN }, metadata: { ...result.metadata, seen: true } } }
    }`
    const suite = await hooked(code, ':afterEach', { tests: casesOf(1) })
    const { trials } = await run(
      suite,
      providerOf(() => ({ output: 'x', metadata: { model: 'm' } })),
    )
    expect(trials[0]).toMatchObject({
      outcome: 'passed',
      score: 1,
      namedScores: { style: 0.5 },
      response: { metadata: { model: 'm', seen: true } },
    })
    expect(trials[0]?.namedScores).not.toHaveProperty('broken')
  })

  it('that throws is told of, and the row is kept as it was', async () => {
    const code = `export function afterEach() { throw new Error('broken hook') }`
    const { trials, warnings } = await run(
      await hooked(code, ':afterEach', { tests: casesOf(2) }),
      providerOf(),
    )
    expect(trials.map(({ outcome }) => outcome)).toEqual(['passed', 'passed'])
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toContain('broken hook')
  })

  it('is told of errored cells too', async () => {
    const code = `export function afterEach({ result }) {
      return { result: { ...result, namedScores: { reason: result.failureReason } } }
    }`
    const { trials } = await run(
      await hooked(code, ':afterEach', { tests: casesOf(1) }),
      providerOf(() => ({ error: 'x' })),
    )
    expect(trials[0]).toMatchObject({ outcome: 'errored', namedScores: { reason: 2 } })
  })
})

describe('afterAll', () => {
  it('is given every result', async () => {
    const code = `import { writeFileSync } from 'node:fs'
      export function afterAll({ results }) {
        const told = results.map(({ success, score, response, testIdx }) => [testIdx, success, score, response.output])
        writeFileSync(${JSON.stringify(join(dir, 'log'))}, JSON.stringify(told.sort()))
      }`
    await run(
      await hooked(code, ':afterAll', { tests: casesOf(2) }),
      providerOf(() => ({ output: 'x' })),
    )
    expect(JSON.parse(await readFile(join(dir, 'log'), 'utf8'))).toEqual([
      [0, true, 1, 'x'],
      [1, true, 1, 'x'],
    ])
  })

  it('that throws is told of: the run is complete', async () => {
    const code = `export function afterAll() { throw new Error('broken hook') }`
    const { execution, warnings } = await run(
      await hooked(code, ':afterAll', { tests: casesOf(2) }),
      providerOf(),
    )
    expect(execution.finished).toBe(2)
    expect(warnings).toEqual([expect.stringContaining('broken hook')])
  })
})

describe('an extension that cannot be loaded', () => {
  it.each([
    ['missing.mjs', 'file://missing.mjs'],
    ['no function `nope`', 'file://hooks.mjs:nope'],
  ])('is an error: %s', async (message, ref) => {
    const suite = await hooked('export const x = 1', '', { extensions: [ref] })
    await expect(run(suite, providerOf())).rejects.toMatchObject({
      code: 'suite',
      message: expect.stringContaining(message) as string,
    })
  })
})

describe('beforeAll', () => {
  const YAML = `
prompts: ['{{q}}']
providers: [echo]
defaultTest:
  assert: [{type: contains, value: a}]
tests:
  - vars: {q: [a, b]}
    metadata: {id: fan}
  - vars: {q: c}
extensions: ['file://hooks.mjs:beforeAll']
`
  let files = 0
  async function after(code: string, yaml = YAML): Promise<Suite> {
    // A file of another name each time: modules are imported once.
    const name = `hooks-${++files}.mjs`
    await writeFile(join(dir, name), code)
    await writeFile(join(dir, 'suite.yaml'), yaml.replace('hooks.mjs', name))
    await writeFile(join(dir, 'package.json'), '{}')
    const suite = await readSuite('suite.yaml', { env: {}, cwd: dir })
    return runBeforeAll(suite, { env: {}, cwd: dir })
  }
  const casesIn = (suite: Suite) => Array.fromAsync(suite.cases())

  it('that changes nothing leaves every case as it was', async () => {
    const suite = await after('export function beforeAll() {}')
    const untouched = await readSuite('suite.yaml', { env: {}, cwd: dir })
    expect(await casesIn(suite)).toEqual(await casesIn(untouched))
  })

  it('may add tests, which get the defaults and fan out as any other', async () => {
    const suite = await after(`export function beforeAll({ suite }) {
      suite.tests.push({ vars: { q: ['x', 'y'] }, assert: [{ type: 'equals', value: 'x' }] })
      return { suite }
    }`)
    const cases = await casesIn(suite)
    expect(cases.map(({ vars }) => vars['q'])).toEqual(['a', 'b', 'c', 'x', 'y'])
    expect(cases.at(-1)?.checks.map(({ assertion }) => assertion.type)).toContain('equals')
    expect(new Set(cases.map(({ id }) => id)).size).toBe(5)
    expect((await makePlan(suite)).size.cells).toBe(5)
  })

  it('may change vars in place: that case alone is another', async () => {
    const before = await casesIn(await after('export function beforeAll() {}'))
    const changed = await casesIn(
      await after(`export function beforeAll({ suite }) { suite.tests[2].vars.q = 'changed' }`),
    )
    expect(changed.map(({ id }) => id).slice(0, 2)).toEqual(before.map(({ id }) => id).slice(0, 2))
    expect(changed[2]?.vars).toEqual({ q: 'changed' })
    expect(changed[2]?.id).not.toBe(before[2]?.id)
  })

  it('may add assertions for all tests through defaultTest', async () => {
    const suite = await after(`export function beforeAll({ suite }) {
      suite.defaultTest.assert.push({ type: 'regex', value: '.' })
    }`)
    for (const { checks } of await casesIn(suite)) {
      expect(checks.map(({ assertion }) => assertion.type).toSorted()).toEqual(['contains', 'regex'])
    }
  })

  it('may change prompts and drop tests', async () => {
    const suite = await after(`export function beforeAll({ suite }) {
      return { suite: { ...suite, tests: suite.tests.slice(0, 1), prompts: [{ raw: 'New {{q}}', label: 'new' }] } }
    }`)
    expect(suite.prompts).toMatchObject([{ raw: 'New {{q}}', key: 'new' }])
    expect((await makePlan(suite)).size).toMatchObject({ cases: 1, cells: 1 })
  })

  it('that leaves a test that is none is an error with exit code 2', async () => {
    const broken = after(`export function beforeAll({ suite }) { suite.tests.push({ vras: {} }) }`)
    await expect(broken).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('vras') as string,
    })
  })

  it('that throws is an error with exit code 2', async () => {
    const broken = after(`export function beforeAll() { throw new Error('no database') }`)
    await expect(broken).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('no database') as string,
    })
  })

  it('keeps what came out of a dataset data', async () => {
    await writeFile(join(dir, 'cases.csv'), 'q,lang\n{{env.HOME}},de\n')
    const yaml = YAML.replace(/tests:[\s\S]*extensions/, 'tests: file://cases.csv\nextensions')
    const suite = await after(
      `export function beforeAll({ suite }) { suite.tests[0].vars.lang = 'en' }`,
      yaml,
    )
    const [only] = await casesIn(suite)
    expect(only?.vars).toMatchObject({ q: '{{env.HOME}}', lang: 'en' })
    expect([...(only?.literalVars ?? [])]).toEqual(['q'])
  })
})
