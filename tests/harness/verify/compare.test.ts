import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Assertion } from '../../../harness/model/assertion.ts'
import type { Case } from '../../../harness/model/case.ts'
import type { Cell } from '../../../harness/model/cell.ts'
import type { Provider } from '../../../harness/model/provider.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import { addNamedScores, deriveMetrics, emptyTotals } from '../../../harness/verify/derived-metrics.ts'
import type { OpenVerifier } from '../../../harness/verify/open-verifier.ts'
import { importPromptfoo } from '../../../harness/verify/promptfoo.ts'
import { CACHE_DIR, caseOf, folderOf, provider, verifierIn, verifyReply } from './support.ts'

interface Row {
  readonly success: boolean
  readonly score: number
  readonly namedScores: Record<string, number>
  readonly gradingResult: { readonly reason: string }
}

interface Evaluation {
  readonly results: readonly Row[]
  readonly prompts: readonly { readonly metrics: { readonly namedScores: Record<string, number> } }[]
}

type Evaluate = (suite: object, options: object) => Promise<{ toEvaluateSummary(): Promise<Evaluation> }>

let evaluate: (suite: object) => Promise<Evaluation>
let verifier: OpenVerifier

beforeAll(async () => {
  const promptfoo = (await importPromptfoo({ cacheDir: CACHE_DIR })) as unknown as { evaluate: Evaluate }
  evaluate = async (suite) =>
    (await promptfoo.evaluate(suite, { cache: false, maxConcurrency: 1 })).toEvaluateSummary()
  verifier = await verifierIn({}, { suite: { allowOutside: true } })
})

function answering(output: string): Provider {
  return { id: () => `says ${output}`, callApi: () => Promise.resolve({ output }) }
}

const cells = [{ id: 'first' }, { id: 'second' }] as unknown as Cell[]

async function trialOf(testCase: Case, output: string): Promise<Trial> {
  const verification = await verifyReply(verifier, testCase, { output })
  return { ...verification, attempts: [] } as unknown as Trial
}

/** What our comparison makes of the columns' outputs. */
async function compared(testCase: Case, outputs: readonly string[]): Promise<Trial[]> {
  const trials = await Promise.all(outputs.map((output) => trialOf(testCase, output)))
  return verifier.compare(testCase, cells, trials)
}

const outputs = fc.array(fc.constantFrom('cat', 'a cat and a dog', 'nothing', 'dog dog dog', '{"a": 1}'), {
  minLength: 2,
  maxLength: 4,
})
const others: fc.Arbitrary<Assertion[]> = fc.array(
  fc.constantFrom<Assertion>(
    { type: 'contains', value: 'cat', metric: 'cat', weight: 2 },
    { type: 'javascript', value: 'output.length / 20', metric: 'length' },
    {
      type: 'javascript',
      value:
        '({pass: true, score: 0.5, reason: "", componentResults: [{pass: true, score: 1, reason: "x"}]})',
    },
    {
      type: 'assert-set',
      threshold: 0.5,
      assert: [
        { type: 'contains', value: 'dog' },
        { type: 'is-json', metric: 'json' },
      ],
    },
    { type: 'icontains', value: 'dog', weight: 0 },
  ),
  { minLength: 1, maxLength: 4 },
)
const maxScore = fc.record({
  method: fc.constantFrom(undefined, 'average', 'sum'),
  weights: fc.constantFrom(undefined, { contains: 3, javascript: 0.5 }, { 'is-json': 0 }),
  threshold: fc.constantFrom(undefined, 0.6, 10),
})

function withoutUndefined(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object
}

describe('max-score', () => {
  it('gives what promptfoo gives, on 60 suites', async () => {
    await fc.assert(
      fc.asyncProperty(outputs, others, maxScore, async (answers, assert, options) => {
        const all = [...assert, { type: 'max-score', value: withoutUndefined(options) }]
        const test = { vars: {}, assert: structuredClone(all) }
        const theirs = await evaluate({ prompts: ['p'], providers: answers.map(answering), tests: [test] })
        const ours = await compared(caseOf(all), answers)
        expect(
          ours.map(({ outcome, score, reason, namedScores }) => [
            outcome === 'passed',
            score,
            reason,
            namedScores,
          ]),
        ).toEqual(
          theirs.results.map((row) => [row.success, row.score, row.gradingResult.reason, row.namedScores]),
        )
      }),
      { numRuns: 60, seed: 11 },
    )
  }, 120_000)

  it('leaves errored trials out: what they would have scored is not known', async () => {
    const testCase = caseOf([{ type: 'javascript', value: 'output.length / 20' }, { type: 'max-score' }])
    const errored = {
      ...(await trialOf(testCase, 'x'.repeat(100))),
      outcome: 'errored',
      score: null,
    } as const
    const [first, second, third] = await verifier.compare(testCase, cells, [
      await trialOf(testCase, 'ab'),
      errored,
      await trialOf(testCase, 'abcd'),
    ])
    expect([first?.outcome, second, third?.outcome]).toEqual(['failed', errored, 'passed'])
  })

  it('breaks when only one reply is left to compare', async () => {
    const testCase = caseOf([{ type: 'contains', value: 'a' }, { type: 'max-score' }])
    const [only] = await verifier.compare(testCase, cells, [await trialOf(testCase, 'a')])
    expect(only).toMatchObject({ outcome: 'errored', score: null })
    expect(only?.error).toMatch(/needs the replies of two columns/)
  })

  it('is refused without another check to take scores from', async () => {
    await expect(verifier.prepare(caseOf([{ type: 'max-score' }]))).rejects.toThrow(HarnessError)
  })
})

describe('select-best', () => {
  it.each(['0', 'the best is 1', 'none'])(
    'gives what promptfoo gives when the grader says %j',
    async (answer) => {
      const judge = `export default class { id() { return 'judge' } async callApi() { return { output: '${answer}' } } }`
      const dir = await folderOf({ 'judge.mjs': judge })
      const assert: Assertion[] = [
        { type: 'contains', value: 'cat', metric: 'm' },
        { type: 'select-best', value: 'the shortest' },
      ]
      const answers = ['cat', 'a cat and a dog', 'dog']
      const options = { provider: { text: `file://${dir}/judge.mjs` } }
      const theirs = await evaluate({
        prompts: ['p'],
        providers: answers.map(answering),
        tests: [{ assert: [...assert], options }],
      })
      const ours = await compared(caseOf(assert, { options }), answers)
      expect(ours.map(({ outcome, score, reason }) => [outcome === 'passed', score, reason])).toEqual(
        theirs.results.map((row) => [row.success, row.score, row.gradingResult.reason]),
      )
    },
  )

  it('breaks when the grader gives no answer', async () => {
    const judge: Provider = { id: () => 'judge', callApi: () => Promise.resolve({ error: 'overloaded' }) }
    const testCase = caseOf([
      { type: 'contains', value: 'a' },
      { type: 'select-best', value: 'x', provider: judge },
    ])
    const trials = await compared(testCase, ['a', 'ab'])
    expect(trials.map(({ outcome }) => outcome)).toEqual(['errored', 'errored'])
    expect(trials[0]?.error).toMatch(/overloaded/)
  })
})

describe('derived metrics', () => {
  const derivedMetrics = [
    { name: 'mean', value: 'm / __count' },
    { name: 'double', value: 'mean * 2' },
    { name: 'own', value: (scores: Record<string, number>) => (scores['m'] ?? 0) - (scores['set'] ?? 0) },
  ]

  it('come to what promptfoo gives over the rows of a column, weights and all', async () => {
    const assert: Assertion[] = [
      { type: 'contains', value: 'cat', metric: 'm', weight: 2 },
      {
        type: 'javascript',
        value: '({pass: true, score: 0.5, reason: "r", namedScores: {m: 0.25, own: 1}})',
      },
      {
        type: 'assert-set',
        metric: 'set',
        weight: 3,
        assert: [{ type: 'contains', value: 'dog', metric: 'm' }],
      },
    ]
    const answers = ['cat', 'dog', 'cat and dog']
    const test = { vars: { n: answers.map((_, index) => String(index)) }, assert: structuredClone(assert) }
    const echo: Provider = {
      ...provider,
      callApi: (prompt) => Promise.resolve({ output: answers[Number(prompt)] }),
    }
    const theirs = await evaluate({ prompts: ['{{ n }}'], providers: [echo], tests: [test], derivedMetrics })

    const totals = emptyTotals()
    for (const answer of answers) {
      const { namedScores, namedScoreWeights } = await verifyReply(verifier, caseOf(assert), {
        output: answer,
      })
      addNamedScores(totals, namedScores, namedScoreWeights)
    }
    const { values, problems } = await deriveMetrics(derivedMetrics, totals)
    expect({ ...totals.sums, ...values }).toEqual(theirs.prompts[0]?.metrics.namedScores)
    expect(problems).toEqual([])
  })

  it('that cannot be computed are absent, and said why', async () => {
    const { values, problems } = await deriveMetrics(
      [
        { name: 'bad', value: 'missing / __count' },
        { name: 'odd', value: '"text"' },
        { name: 'good', value: '__count + 1' },
      ],
      { sums: {}, count: 2 },
    )
    expect(values).toEqual({ good: 3 })
    expect(problems.map(({ name }) => name)).toEqual(['bad', 'odd'])
    expect(problems[0]?.message).toMatch(/missing/)
  })
})
