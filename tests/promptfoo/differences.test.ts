import { readFile } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Trial } from '../../harness/model/trial.ts'
import { renderer as html } from '../../reports/html/page.ts'
import { renderer as junit } from '../../reports/junit.ts'
import { Project } from '../e2e/cli.ts'
import { elements, parseXml } from '../reports/parse-xml.ts'
import { ATTACK, DEFECTS, projectOf } from './defects-suite.ts'
import type { AssayRun } from './run-assay.ts'
import { runAssay } from './run-assay.ts'
import type { PromptfooRow, PromptfooRun } from './run-promptfoo.ts'
import { runPromptfoo } from './run-promptfoo.ts'

describe('a call that is throttled', () => {
  const LIMITED = `import { appendFileSync } from 'node:fs'
let calls = 0
export default class Limited {
  constructor({ label, config }) { this.label = label; this.config = config }
  id() { return 'limited' }
  async callApi(prompt) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    if (calls++ > 0) return { output: prompt }
    const headers = this.config?.headers ?? {}
    return {
      error: 'HTTP 429 Too Many Requests',
      metadata: { http: { status: 429, headers }, failure: { kind: 'throttled', status: 429, message: 'HTTP 429' } },
    }
  }
}
`

  it('is not part of a latency: queueing is measured apart, where promptfoo adds up what it waited after a 429', async () => {
    const tests = 'tests: [{vars: {word: a}, assert: [{type: contains, value: Say}]}]\n'
    const headers = "config: {headers: {retry-after-ms: '700', retry-after: '1'}}"
    const project = projectOf(tests, {
      'model.mjs': LIMITED,
      'suite.yaml': `prompts: ['Say {{word}}']\nproviders: [{id: file://model.mjs, ${headers}}]\n${tests}`,
      // The first call takes half a second, the other none.
      'slow.mjs': `let calls = 0\nexport default class Slow { id() { return 'slow' } async callApi(prompt) { if (calls++ === 0) await new Promise((done) => setTimeout(done, 500)); return { output: prompt } } }\n`,
      'queued.yaml': `prompts: ['Say {{word}}']\nproviders: [file://slow.mjs]\ndefaultTest: {assert: [{type: contains, value: Say}]}\ntests: [{vars: {word: a}}, {vars: {word: b}}]\n`,
    })
    const theirs = await runPromptfoo(project.dir)
    expect(project.calls).toHaveLength(2)
    expect(theirs.rows[0]?.latencyMs).toBeGreaterThanOrEqual(690)

    const { trials } = await runAssay(project.dir, { suite: 'queued.yaml', request: { concurrency: 1 } })
    const queued = trials.find(({ cell }) => cell.vars['word'] === 'b')?.attempts[0]?.timing
    expect(queued?.queuedMs).toBeGreaterThan(450)
    expect(queued?.latencyMs).toBeLessThan(queued?.queuedMs ?? 0)
  })

  it('without Retry-After: is tried again after a short wait, and holds up no other provider', async () => {
    const tests = Array.from({ length: 20 }, (_, n) => `  - {vars: {word: w${n}}}\n`).join('')
    const project = projectOf('', {
      'limited.mjs': LIMITED,
      'suite.yaml': `prompts: ['Say {{word}}']
providers: [{id: file://limited.mjs, label: limited}, {id: file://model.mjs, label: other}]
defaultTest: {assert: [{type: contains, value: Say}]}
tests:
${tests}`,
    })
    const { trials } = await runAssay(project.dir)
    const others = trials.filter(({ cell }) => cell.provider === 'other')
    expect(others).toHaveLength(20)
    expect(others.every(({ outcome }) => outcome === 'passed')).toBe(true)
    // Nothing of the throttled provider is lost either: what was refused at first was answered later.
    const limited = trials.filter(({ cell }) => cell.provider === 'limited')
    expect(limited.map(({ outcome }) => outcome)).toEqual(limited.map(() => 'passed'))
    expect(limited).toHaveLength(20)
    const retried = limited.flatMap(({ attempts }) => attempts).filter(({ retry = 0 }) => retry > 0)
    expect(retried.length).toBeGreaterThan(0)
    for (const { timing } of retried) expect(timing.backoffMs).toBeGreaterThan(0)
  })
})

describe('kill -9', () => {
  it('leaves every finished trial on record, and resuming calls none of them again', async () => {
    const FINISHED = 12
    const project = projectOf('', {
      'hangs.mjs': `import { appendFileSync, existsSync } from 'node:fs'
const here = (name) => new URL(name, import.meta.url)
export default class Hangs {
  id() { return 'hangs' }
  async callApi(prompt, { vars }) {
    appendFileSync(here('calls.log'), prompt + '\\n')
    if (vars.n >= ${FINISHED} && !existsSync(here('woken'))) await new Promise((done) => setTimeout(done, 600000))
    return { output: prompt }
  }
}
`,
      'suite.yaml': `prompts: ['Say {{n}}']
providers: [file://hangs.mjs]
defaultTest: {assert: [{type: contains, value: Say}]}
tests:
${Array.from({ length: 50 }, (_, n) => `  - {vars: {n: ${n}}}\n`).join('')}`,
    })
    const running = project.start(['run', 'suite.yaml', '--concurrency', '3'])
    while (recorded(project).length < FINISHED) await new Promise((done) => setTimeout(done, 20))
    running.child.kill('SIGKILL')
    await running.ended
    const trials = recorded(project)
    expect(trials.map(({ cell }) => cell.vars['n']).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: FINISHED }, (_, n) => n),
    )
    expect(trials.every(({ outcome }) => outcome === 'passed')).toBe(true)
    expect(project.manifest().cells).toEqual({ planned: 50, cases: 50 })

    const calledBefore = project.calls.length
    writeFileSync(project.path('woken'), '')
    expect((await project.assay(['resume', 'last'])).code).toBe(0)
    expect(recorded(project)).toHaveLength(50)
    // Those in flight when it was killed are the only ones called twice.
    expect(calledBefore).toBeLessThanOrEqual(FINISHED + 3)
    expect(project.calls).toHaveLength(calledBefore + 50 - FINISHED)
  })

  function recorded(project: Project): Trial[] {
    const [run] = project.runs
    if (run === undefined) return []
    try {
      const lines = project.read(join(run, 'trials.jsonl')).split('\n').slice(0, -1)
      return lines.map((line) => JSON.parse(line) as Trial).filter(({ kind }) => kind === 'trial')
    } catch {
      return []
    }
  }
})

describe('one suite of what promptfoo gets wrong, run twice over by both', () => {
  let project: Project
  let theirs: PromptfooRun
  let ours: AssayRun

  beforeAll(async () => {
    project = new Project(DEFECTS)
    theirs = await runPromptfoo(project.dir, { args: ['--repeat', '2', '-o', 'promptfoo.junit.xml'] })
    ours = await runAssay(project.dir, { selection: { repeat: 2 } })
  }, 120_000)

  const rowsOf = (id: string): PromptfooRow[] =>
    theirs.rows.filter(({ testCase, promptIdx }) => testCase.metadata?.['id'] === id && promptIdx === 0)
  const trialsOf = (id: string): Trial[] =>
    ours.trials.filter(({ cell }) => cell.metadata?.['id'] === id && cell.prompt === 'prompt-1')

  it('keeps the reply when a check throws, and what the other checks said, where promptfoo drops all of it', () => {
    expect(rowsOf('throws').map(({ failureReason, response }) => [failureReason, response])).toEqual([
      [2, undefined],
      [2, undefined],
    ])
    const kept = {
      outcome: 'errored',
      score: null,
      output: 'Say throws',
      checks: [
        { type: 'javascript', score: null, error: expect.stringContaining('broken check') as string },
        { type: 'contains', pass: true, score: 1 },
      ],
    }
    expect(trialsOf('throws')).toMatchObject([kept, kept])
  })

  it.each(['scoring function throws', 'grader away', 'no output', 'score is no number'])(
    'counts as missing what was never scored, where promptfoo counts a failure: %s',
    (id) => {
      const failure = { success: false, failureReason: id === 'no output' ? 0 : 1 }
      expect(rowsOf(id)).toMatchObject([failure, failure])
      const missing = { outcome: 'errored', score: null }
      expect(trialsOf(id)).toMatchObject([missing, missing])
    },
  )

  it.each(['data', 'lines'])(
    'never renders the cells of a dataset, where promptfoo executes what is in them: %s',
    (id) => {
      const executed = { success: true, response: { output: 'Say 42' } }
      expect(rowsOf(id)).toMatchObject([executed, executed])
      const said = `Say ${ATTACK}`
      const verbatim = { outcome: 'failed', output: said, request: { prompt: said } }
      expect(trialsOf(id)).toMatchObject([verbatim, verbatim])
      expect(trialsOf('authored')[0]).toMatchObject({ cell: { vars: { word: 'authored 42' } } })
    },
  )

  it('groups the repeats of a case, where promptfoo has rows that nothing connects', () => {
    expect(rowsOf('control').map(({ testIdx }) => testIdx)).toEqual([12, 13])
    const [first, second, ...others] = trialsOf('control').map(({ cell }) => cell)
    expect(others).toEqual([])
    expect(first?.caseId).toBe(second?.caseId)
    expect(new Set([first?.repeat, second?.repeat])).toEqual(new Set([0, 1]))
    expect(ours.analysis.columns).toMatchObject([{ repeats: 2 }, { repeats: 2 }])
    expect(ours.analysis.worst.find(({ caseId }) => caseId === 'control')?.columns).toMatchObject([
      { failed: 2, of: 2 },
      { failed: 2, of: 2 },
    ])
  })

  it('knows a case by its content, wherever it stands, and promptfoo by its position', async () => {
    expect(rowsOf('throws').map(({ testIdx }) => testIdx)).toEqual([0, 1])
    const suite = project.read('suite.yaml')
    const inserted = suite.replace(
      'tests:\n',
      'tests:\n  - {vars: {q: first}, assert: [{type: contains, value: first}]}\n',
    )
    const reordered = new Project({ ...DEFECTS, 'suite.yaml': inserted })
    const { trials } = await runAssay(reordered.dir, { selection: { repeat: 2 } })
    const ids = new Set(trials.map(({ cell }) => cell.id))
    expect(ours.trials.filter(({ cell }) => !ids.has(cell.id))).toEqual([])
    expect(trials).toHaveLength(ours.trials.length + 4)
  })

  it('writes JUnit that is well-formed and names case, place and reason, where promptfoo’s is not XML', async () => {
    const wrong = await readFile(join(project.dir, 'promptfoo.junit.xml'), 'utf8')
    expect(() => parseXml(wrong)).toThrow(/disallowed character/)
    expect(wrong).toContain('Reason: Assertion failed')
    const xml = await textOf(junit.render(ours))
    const failed = elements(parseXml(xml), 'testcase').filter(({ children }) =>
      children.some(({ name }) => name === 'failure'),
    )
    const control = failed.find(({ attributes }) => JSON.stringify(attributes).includes('control'))
    expect(JSON.stringify(control)).toMatch(/suite\.yaml/)
    expect(JSON.stringify(control)).toContain('Expected output')
  })

  it('reads the prompts in a folder, where promptfoo sends the name of the folder', () => {
    const row = theirs.rows.find(({ promptIdx }) => promptIdx === 1)
    expect(row?.prompt.raw).toBe('folder')
    const trial = ours.trials.find(
      ({ cell }) => cell.prompt === 'folder/a.txt' && cell.metadata?.['id'] === 'throws',
    )
    expect(trial?.request.prompt).toBe('In a folder, throws')
  })
})

describe('a page of 10,000 cells', () => {
  it('has under 2 MB and 5,000 elements, however many cells failed', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, n) => `word ${n},equals: ${n % 2 === 0 ? 'Say' : 'Never'} word ${n}\n`,
    )
    const project = projectOf('tests: file://cases.csv\n', {
      'cases.csv': `word,__expected\n${rows.join('')}`,
    })
    const run = await runAssay(project.dir, { request: { concurrency: 100 } })
    expect(run.analysis.cells).toMatchObject({ passed: 5000, failed: 5000 })
    const page = await textOf(html.render(run))
    expect(page.length).toBeLessThan(2_000_000)
    expect(page.match(/<[a-z]/g)?.length).toBeLessThan(5_000)
  })
})

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(chunks)).join('')
}
