import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import type { GraderAsk } from '../../../harness/verify/graders/grader-calls.ts'
import { caseOf, verifierIn, verifyReply } from './support.ts'

const CHECK = `
export default async (output, { config, vars, assay }) => {
  const grader = config.asks ?? config.grader
  const { output: answer, error } = await assay.ask(grader, 'Is "' + output + '" good for ' + vars.who + '?')
  if (error !== undefined) throw new Error('no verdict: ' + error)
  return {
    pass: answer === 'yes', score: answer === 'yes' ? 1 : 0, reason: 'the grader said ' + answer,
    metadata: {
      evidence: { kind: 'label', expected: 'yes', predicted: answer },
      marks: [{ start: 0, end: 2, label: 'odd' }, { start: 'x' }],
    },
  }
}
export function configure(config, { dir }) {
  if (config.wrong) throw new Error('wrong must not be set, in ' + typeof dir)
  config.seen = true
  return { instrument: { graders: [config.grader], identity: { rubric: 'good' } } }
}
`
const GRADER = `
export default class Grader {
  constructor({ config }) { this.config = config }
  id() { return 'grader' }
  async callApi(prompt) { return { output: prompt.includes('good for Ada') ? this.config.says : 'odd prompt: ' + prompt } }
}
`
const FILES = { 'check.ts': CHECK, 'grader.ts': GRADER }
const assertion = (config: Record<string, unknown>) => ({
  type: 'javascript',
  value: 'file://check.ts',
  metric: 'quality',
  config,
})
const grader = { id: 'file://grader.ts', config: { says: 'yes' } }

/** A gate that lets a judge count that was never compared with people's labels. */
const COUNTING = { uncalibratedJudges: true }

/** Loads graders as a run does, and remembers what is asked. */
async function opened(files: Record<string, string> = FILES, gate: Record<string, unknown> = COUNTING) {
  const asked: GraderAsk[] = []
  const verifier = await verifierIn(files, {
    suite: { assay: { gate } },
    loadGrader: async ({ config }) => ({
      id: () => 'grader',
      callApi: async (prompt) => ({
        output: prompt.includes('good for Ada') ? config?.['says'] : `odd prompt: ${prompt}`,
      }),
    }),
    askGrader(ask) {
      asked.push(ask)
      return ask.invoke()
    },
  })
  return { verifier, asked }
}

describe('a custom check that asks a model', () => {
  it('has its call made by whoever makes the calls of the run, as a grader of the case', async () => {
    const { verifier, asked } = await opened()
    const testCase = caseOf([assertion({ grader })], { vars: { who: 'Ada' } })
    const { outcome, checks } = await verifyReply(verifier, testCase, { output: 'soup' })
    expect(outcome).toBe('passed')
    expect(checks[0]?.reason).toBe('the grader said yes')
    expect(asked.map(({ prompt, origin }) => [prompt, origin?.cellId])).toEqual([
      ['Is "soup" good for Ada?', 'cell'],
    ])
  })

  it('is known by its graders before the first reply', async () => {
    const { verifier } = await opened()
    const testCase = caseOf([assertion({ grader })])
    expect((await verifier.gradersOf(testCase)).map((one) => one.id())).toEqual(['grader'])
  })

  it('is told that a grader it did not name is not there, and is recorded as broken when it throws', async () => {
    const { verifier, asked } = await opened()
    const testCase = caseOf([assertion({ grader, asks: { id: 'other' } })], { vars: { who: 'Ada' } })
    const { outcome, error } = await verifyReply(verifier, testCase, { output: 'soup' })
    expect(outcome).toBe('errored')
    expect(error).toContain('no verdict: the check did not name this grader')
    expect(asked).toEqual([])
  })

  it('keeps its evidence and marks on record, and drops what is no mark', async () => {
    const { verifier } = await opened()
    const testCase = caseOf([assertion({ grader })], { vars: { who: 'Ada' } })
    const { checks } = await verifyReply(verifier, testCase, { output: 'soup' })
    expect(checks[0]?.evidence).toEqual({ kind: 'label', expected: 'yes', predicted: 'yes' })
    expect(checks[0]?.marks).toEqual([{ start: 0, end: 2, label: 'odd' }])
  })
})

describe('a judge that was never calibrated', () => {
  const says = (word: string) => ({ id: 'file://grader.ts', config: { says: word } })
  const right = { type: 'equals', value: 'soup' }

  it('is shown with its score, and neither fails the reply nor enters its score', async () => {
    const { verifier } = await opened(FILES, {})
    const testCase = caseOf([right, assertion({ grader: says('no') })], { vars: { who: 'Ada' } })
    expect(await verifier.prepare(testCase)).toEqual({ counts: true })
    const { outcome, score, namedScores, checks } = await verifyReply(verifier, testCase, { output: 'soup' })
    expect({ outcome, score, namedScores }).toEqual({
      outcome: 'passed',
      score: 1,
      namedScores: {},
    })
    expect(checks[1]).toMatchObject({ pass: false, score: 0, uncalibrated: true, asks: 1 })
    expect(verifier.judges).toMatchObject([{ metric: 'quality', calibration: 'missing', counts: false }])
  })

  it('cannot save a reply that another check fails', async () => {
    const { verifier } = await opened(FILES, {})
    const testCase = caseOf([right, assertion({ grader: says('yes') })], { vars: { who: 'Ada' } })
    const { outcome, score, namedScores } = await verifyReply(verifier, testCase, { output: 'salad' })
    expect({ outcome, score, namedScores }).toEqual({
      outcome: 'failed',
      score: 0,
      namedScores: {},
    })
  })

  it('gives no named score that a gate, a derived metric or a scoring function could go by', async () => {
    const named = CHECK.replace('metadata: {', 'namedScores: { kind: 1, shared: 0 },\n    metadata: {')
    const { verifier } = await opened({ ...FILES, 'check.ts': named }, {})
    const seen: unknown[] = []
    const other = {
      type: 'javascript',
      value: () => ({ pass: true, score: 1, reason: 'fine', namedScores: { shared: 1 } }),
    }
    const set = { type: 'assert-set', metric: 'all', assert: [assertion({ grader: says('no') })] }
    const testCase = caseOf([assertion({ grader: says('no') }), other, set], {
      vars: { who: 'Ada' },
      assertScoringFunction: (scores: unknown, about: { readonly componentResults: readonly unknown[] }) => {
        seen.push(scores, about.componentResults.length)
        return { pass: true, score: 1, reason: 'by the function' }
      },
    })
    const { namedScores, checks } = await verifyReply(verifier, testCase, { output: 'soup' })
    expect(namedScores).toEqual({ shared: 1 })
    expect(seen).toEqual([{ shared: 1 }, 1])
    expect(checks[2]).toMatchObject({ metric: 'all', uncalibrated: true, pass: false, score: 0 })
  })

  it('decides no `max-score` either', async () => {
    const { verifier } = await opened(FILES, {})
    const testCase = caseOf([
      { type: 'javascript', value: 'output.length / 10' },
      assertion({ grader: says('yes') }),
      { type: 'max-score' },
    ])
    const check = (type: string, score: number, more: object = {}) => ({
      type,
      pass: true,
      score,
      reason: '',
      ...more,
    })
    const trial = (plain: number, judged: number) =>
      ({
        outcome: 'passed',
        score: plain,
        namedScores: {},
        checks: [check('javascript', plain), check('javascript', judged, { uncalibrated: true })],
      }) as unknown as Trial
    const compared = await verifier.compare(testCase, [], [trial(0.9, 0), trial(0.4, 1)])
    expect(compared.map(({ checks }) => checks.at(-1)?.pass)).toEqual([true, false])
  })

  it('leaves the reply scored when it breaks', async () => {
    const { verifier } = await opened(FILES, {})
    const testCase = caseOf([right, assertion({ grader, asks: { id: 'other' } })], { vars: { who: 'Ada' } })
    const { outcome, checks } = await verifyReply(verifier, testCase, { output: 'soup' })
    expect(outcome).toBe('passed')
    expect(checks[1]).toMatchObject({ score: null, error: expect.stringContaining('no verdict') })
  })

  it('decides nothing alone, not in a set either', async () => {
    const { verifier } = await opened(FILES, {})
    const judge = assertion({ grader: says('no') })
    const set = caseOf([{ type: 'assert-set', assert: [judge] }], { vars: { who: 'Ada' } })
    expect(await verifier.prepare(caseOf([judge]))).toEqual({ counts: false })
    expect(await verifier.prepare(set)).toEqual({ counts: false })
    const { outcome, checks } = await verifyReply(verifier, set, { output: 'soup' })
    expect(outcome).toBe('passed')
    expect(checks[0]).toMatchObject({ uncalibrated: true, members: [{ uncalibrated: true, pass: false }] })
  })

  it('counts where the suite says so, and its checks are other ones then', async () => {
    const testCase = caseOf([right, assertion({ grader: says('no') })], { vars: { who: 'Ada' } })
    const { verifier } = await opened()
    expect((await verifyReply(verifier, testCase, { output: 'soup' })).outcome).toBe('failed')
    expect(verifier.judges).toMatchObject([{ calibration: 'missing', counts: true }])
    const { verifier: other } = await opened(FILES, {})
    expect(other.checksHash(testCase)).not.toBe(verifier.checksHash(testCase))
  })
})

describe('configure', () => {
  it('tells a mistake at the check, before any reply', async () => {
    const { verifier } = await opened()
    const preparing = verifier.prepare(caseOf([assertion({ grader, wrong: true })]))
    await expect(preparing).rejects.toThrow(
      'file://check.ts cannot be set up: wrong must not be set, in string',
    )
    await expect(preparing).rejects.toBeInstanceOf(HarnessError)
    await expect(preparing).rejects.toMatchObject({ at: { line: 7 } })
  })

  it('cannot change the config that the replies are checked by', async () => {
    const { verifier } = await opened({
      ...FILES,
      'check.ts': `export default (output, { config }) => ({ pass: config.seen === undefined, score: 1, reason: 'seen' })
        export function configure(config) { config.seen = true; return {} }`,
    })
    const testCase = caseOf([{ type: 'javascript', value: 'file://check.ts', config: { a: 1 } }])
    expect((await verifyReply(verifier, testCase, { output: 'x' })).outcome).toBe('passed')
  })

  it('is not asked of another function of the file, whose config is its own', async () => {
    const { verifier } = await opened({
      ...FILES,
      'check.ts': `export function other() { return true }
        export function configure() { throw new Error('not mine') }`,
    })
    const testCase = caseOf([{ type: 'javascript', value: 'file://check.ts:other' }])
    expect((await verifyReply(verifier, testCase, { output: 'x' })).outcome).toBe('passed')
  })
})

describe('evidence that is not as the contract has it', () => {
  it.each([
    ['another kind', { kind: 'horoscope', sign: 'leo' }],
    ['a number out of range', { kind: 'depth', depth: 2, score: 1 }],
    ['a text', 'label'],
    ['NaN', { kind: 'label', expected: 'a', predicted: 'a', confidence: Number.NaN }],
  ])('is left out: %s', async (_, evidence) => {
    const { verifier } = await opened({
      ...FILES,
      'check.ts': `export default (output, { config }) => ({ pass: true, score: 1, reason: 'fine', metadata: { evidence: config.evidence } })`,
    })
    const testCase = caseOf([{ type: 'javascript', value: 'file://check.ts', config: { evidence } }])
    const { outcome, checks } = await verifyReply(verifier, testCase, { output: 'x' })
    expect(outcome).toBe('passed')
    expect(checks[0]).not.toHaveProperty('evidence')
  })
})
