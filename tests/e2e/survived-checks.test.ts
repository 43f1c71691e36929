import { beforeAll, describe, expect, it } from 'vitest'
import type { Trial } from '../../harness/model/trial.ts'
import { type Ended, Project } from './cli.ts'

/** Longer than promptfoo's import blocks the event loop on a busy machine. */
const WATCHDOG = { ASSAY_WATCHDOG_MS: '10000' }

/** Backtracks for longer than the universe has been there. */
const CATASTROPHE = `${'a'.repeat(60)}!`

const SUITE = `prompts: ['{{word}}']
providers: [file://provider.ts]
defaultTest:
  assert: [{ type: contains, value: A }]
assay: { checkTimeoutMs: 3000, maxErrorRate: 0.6 }
tests:
  - { description: before, vars: { word: a } }
  - { description: throws, vars: { word: aa }, assert: [{ type: javascript, value: file://throws.ts }] }
  - { description: throws inline, vars: { word: aaa }, assert: [{ type: javascript, value: output.nope.nope }] }
  - { description: never resolves, vars: { word: aaaa }, assert: [{ type: javascript, value: file://never.ts }] }
  - { description: backtracks, vars: { word: ${CATASTROPHE} }, assert: [{ type: regex, value: ^(A+)+$ }] }
  - { description: after, vars: { word: aaaaa } }
`

describe('an assertion that', () => {
  let project: Project
  let ended: Ended
  let trials: ReadonlyMap<string | undefined, Trial>
  beforeAll(async () => {
    project = new Project({
      'suite.yaml': SUITE,
      'throws.ts': "export default (): boolean => {\n  throw new Error('the word list is gone')\n}\n",
      'never.ts': 'export default (): Promise<boolean> => new Promise(() => {})\n',
    })
    ended = await project.assay(['run', 'suite.yaml'])
    trials = new Map(project.trials().map((trial) => [trial.cell.description, trial]))
  })

  it.each([
    ['throws', 'the word list is gone'],
    ['never resolves', '3000 ms'],
    ['backtracks', 'the pattern ^(A+)+$ did not finish matching and was stopped'],
  ])('%s has errored, alone, and the reply is kept', (kind, message) => {
    const trial = trials.get(kind)
    expect(trial).toMatchObject({ outcome: 'errored', score: null })
    expect(trial?.output).toMatch(/^A+!?$/)
    expect(trial?.checks).toMatchObject([
      { type: 'contains', pass: true, score: 1 },
      { pass: false, score: null, error: expect.stringContaining(message) as string },
    ])
    expect(ended.stdout).toContain(message)
  })

  it('throws inline has failed, as under promptfoo: code such as JSON.parse(output) judges by throwing', () => {
    const trial = trials.get('throws inline')
    expect(trial).toMatchObject({ outcome: 'failed', score: 0.5, output: 'AAA' })
    expect(trial?.reason).toContain('Cannot read properties of undefined')
  })

  it('breaks loses nothing of the others: every cell has its trial, and every call was made once', () => {
    expect([...trials].map(([kind, { outcome }]) => `${kind} ${outcome}`).toSorted()).toEqual([
      'after passed',
      'backtracks errored',
      'before passed',
      'never resolves errored',
      'throws errored',
      'throws inline failed',
    ])
    expect(project.calls.toSorted()).toEqual(['a', 'aa', 'aaa', 'aaaa', 'aaaaa', CATASTROPHE])
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('2 passed (66.7%) · 1 failed · 3 errored · 6 calls')
  })
})

describe('user code that blocks the thread', () => {
  /** Waits first, so that what was checked before it is on record. */
  const LOOP = `export default async (output: string): Promise<boolean> => {
  await new Promise((resolve) => setTimeout(resolve, 500))
  while (output !== 'STOP') {}
  return true
}
`
  const LOOPING = `prompts: ['{{word}}']
providers: [file://provider.ts]
tests:
  - { vars: { word: one }, assert: [{ type: contains, value: O }] }
  - { vars: { word: two }, assert: [{ type: contains, value: T }] }
  - { vars: { word: three }, assert: [{ type: javascript, value: file://loop.ts }] }
`

  it('is named by the watchdog, which ends the run; what was done is kept, and needs no call to be checked', async () => {
    const project = new Project({ 'suite.yaml': LOOPING, 'loop.ts': LOOP })
    const ended = await project.assay(['run', 'suite.yaml', '--concurrency', '1'], { env: WATCHDOG })

    expect(ended).toMatchObject({ code: 3, stdout: '' })
    expect(ended.stderr).toContain('error: loop.ts:3 has blocked the event loop for 10 s')
    expect(project.trials().map(({ output }) => output)).toEqual(['ONE', 'TWO'])
    expect(project.journal().filter(({ kind }) => kind === 'call')).toHaveLength(3)

    const [run = ''] = project.runs
    const shown = await project.assay(['report', run])
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    expect(shown.stdout).toMatch(/^INCOMPLETE: the figures are of 2 of 3 cells\.$/m)
    expect(shown.stdout).toContain(`assay resume ${run}`)
    project.write('loop.ts', 'export default (output: string): boolean => output === "THREE"\n')
    const verified = await project.assay(['verify', run])
    expect(verified.stdout).toContain('3 passed (100.0%)')
    expect(verified.code).toBe(0)
    expect(project.calls).toEqual(['one', 'two', 'three'])
  })

  it('is named when it is a provider', async () => {
    const provider = `export default class Busy {
  id(): string { return 'busy' }
  async callApi(): Promise<object> {
    for (;;) {}
  }
}
`
    const project = new Project({ 'provider.ts': provider })
    const ended = await project.assay(['run', 'suite.yaml'], { env: WATCHDOG })
    expect(ended).toMatchObject({ code: 3, stdout: '' })
    expect(ended.stderr).toContain('error: provider.ts:4 has blocked the event loop for 10 s')
  })
})
