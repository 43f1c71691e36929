import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Assertion } from '../../../harness/model/assertion.ts'
import type { ProviderResponse } from '../../../harness/model/provider.ts'
import type { OpenVerifier } from '../../../harness/verify/open-verifier.ts'
import type { Promptfoo } from '../../../harness/verify/promptfoo.ts'
import { importPromptfoo } from '../../../harness/verify/promptfoo.ts'
import { CACHE_DIR, caseOf, deepFreeze, provider, verifierIn, verifyReply } from './support.ts'

// With several at once promptfoo's last failure, which gives the reason, is whichever check took longest.
process.env['PROMPTFOO_ASSERTIONS_MAX_CONCURRENCY'] = '1'

let promptfoo: Promptfoo
let verifier: OpenVerifier

beforeAll(async () => {
  promptfoo = await importPromptfoo({ cacheDir: CACHE_DIR })
  verifier = await verifierIn()
})

const TEXTS = [
  'positive',
  'The label is Positive.',
  '{"label": "positive", "score": 0.9}',
  'Here it is: {"label": 3} and [1, 2]',
  '<p>Hello <b>world</b></p>',
  '<a><b>1</b></a>',
  'SELECT a FROM t WHERE a = 1',
  'I’m sorry, but I can’t help with that.',
  'the cat sat on the mat',
  'the cat is on the mat today',
  'naïve 日本 🎉',
  'a {{ name }} b',
  '#} odd {% raw %}',
  ' ',
  '',
]
const text = fc.constantFrom(...TEXTS)
const template = fc.constantFrom(
  '{{ name }}',
  '{{ name | upper }}',
  'the {{ missing }}cat',
  '{% if name %}positive{% endif %}',
)
const value = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: template })
const list = fc.array(value, { minLength: 1, maxLength: 3 })
const fraction = fc.constantFrom(0, 0.2, 0.5, 0.75, 1)
const schema = fc.constantFrom<unknown>(
  { type: 'object', required: ['label'] },
  { type: 'object', properties: { label: { type: 'string' } } },
  '{"type": "object", "required": ["score"]}',
  'type: object\nrequired: [{{ name }}]',
)

/** An assertion's own fields, by type: broad rather than deep. */
const FIELDS: Record<string, fc.Arbitrary<Partial<Assertion>>> = {
  equals: fc.record({
    value: fc.oneof(value, fc.constantFrom<unknown>({ label: 'positive', score: 0.9 }, 3)),
  }),
  contains: fc.record({ value }),
  icontains: fc.record({ value }),
  'contains-any': fc.record({ value: fc.oneof(list, fc.constant('cat, "mat, x"')) }),
  'contains-all': fc.record({ value: list }),
  'icontains-any': fc.record({ value: list }),
  'icontains-all': fc.record({ value: list }),
  'starts-with': fc.record({ value }),
  regex: fc.record({
    value: fc.constantFrom('^the', 'c.t', '(cat|mat)+$', '[', '{{ name }}', '\\{.*\\}', '(a+)?b*', ''),
  }),
  levenshtein: fc.record({ value, threshold: fc.constantFrom(2, 10) }),
  'rouge-n': fc.record({ value, threshold: fraction }),
  bleu: fc.record({ value, threshold: fraction }),
  gleu: fc.record({ value, threshold: fraction }),
  'is-json': fc.record({ value: fc.option(schema, { nil: undefined }) }),
  'contains-json': fc.record({ value: fc.option(schema, { nil: undefined }) }),
  'is-html': fc.constant({}),
  'contains-html': fc.constant({}),
  'is-xml': fc.constant({}),
  'contains-xml': fc.constant({}),
  'is-sql': fc.constant({}),
  'contains-sql': fc.constant({}),
  'word-count': fc.record({ value: fc.constantFrom<unknown>(3, '6', { min: 2, max: 5 }, { max: 4 }) }),
  latency: fc.record({ threshold: fc.constantFrom(5, 100) }),
  cost: fc.record({ threshold: fc.constantFrom(0.001, 1) }),
  perplexity: fc.record({ threshold: fc.constantFrom(1.5, 5) }),
  'perplexity-score': fc.record({ threshold: fraction }),
  'finish-reason': fc.record({ value: fc.constantFrom('stop', 'length') }),
  guardrails: fc.record({ config: fc.constantFrom(undefined, { purpose: 'redteam' }) }),
  'is-refusal': fc.constant({}),
  'is-valid-openai-tools-call': fc.constant({}),
  javascript: fc.record({
    value: fc.constantFrom<unknown>(
      'output.length > 10',
      '(output.length ?? 4) / 20',
      'JSON.parse(output).score',
      'const n = output.length ?? 4\nreturn { pass: n > 5, score: n / 50, reason: `length ${n}`, namedScores: { length: n, a: 0.25 } }',
      'context.vars.name === "positive"',
      '"no verdict"',
      (output: string) => output.includes('cat'),
      (output: string) => ({
        pass: true,
        score: 0.3,
        reason: 'given',
        namedScores: { own: output.length },
        namedScoreWeights: { own: 3 },
      }),
      (_output: string, context: { config?: { least: number } }) => (context.config?.least ?? 0) > 1,
    ),
    threshold: fc.constantFrom(undefined, 0.4),
    config: fc.constantFrom(undefined, { least: 2 }),
  }),
}

const single: fc.Arbitrary<Assertion> = fc.constantFrom(...Object.keys(FIELDS)).chain((type) =>
  fc
    .record({
      fields: FIELDS[type] ?? fc.constant({}),
      not: fc.boolean(),
      weight: fc.constantFrom(undefined, undefined, 0, 0.5, 2),
      metric: fc.constantFrom(undefined, undefined, 'a', 'b', '{{ name }}', '{{ broken'),
      transform: fc.constantFrom(undefined, undefined, undefined, 'output.toUpperCase()'),
    })
    .map(assertionOf(type)),
)

/** Fields that are undefined are left out: promptfoo tells the two apart. */
function assertionOf(
  type: string,
): (parts: {
  fields: Partial<Assertion>
  not: boolean
  weight: number | undefined
  metric: string | undefined
  transform: string | undefined
}) => Assertion {
  return ({ fields, not, weight, metric, transform }) => ({
    type: `${not ? 'not-' : ''}${type}`,
    ...fields,
    ...(weight !== undefined && { weight }),
    ...(metric !== undefined && { metric }),
    ...(transform !== undefined && { transform }),
  })
}

const set: fc.Arbitrary<Assertion> = fc
  .record({
    assert: fc.array(single, { minLength: 1, maxLength: 3 }),
    threshold: fc.constantFrom(undefined, 0.5),
    weight: fc.constantFrom(undefined, 0, 3),
    metric: fc.constantFrom(undefined, 'a', 'set'),
  })
  .map((fields) => Object.assign({ type: 'assert-set' }, fields))

const response: fc.Arbitrary<ProviderResponse> = fc.record({
  output: fc.oneof(
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: fc.constant<unknown>({ label: 'positive', score: 0.9 }) },
  ),
  cost: fc.constantFrom(undefined, 0.002),
  logProbs: fc.constantFrom(undefined, [-0.1, -0.9]),
  finishReason: fc.constantFrom(undefined, 'stop'),
  guardrails: fc.constantFrom(undefined, { flagged: true }),
  metadata: fc.constantFrom(undefined, { own: 1 }),
})

const scoring = fc.constantFrom(
  undefined,
  undefined,
  (scores: Record<string, number>, { threshold }: { threshold?: number }) => ({
    pass: true,
    score: (scores['a'] ?? 0) + (threshold ?? 0),
    reason: 'scored',
  }),
)

interface Sample {
  readonly assert: Assertion[]
  readonly reply: ProviderResponse
  readonly threshold: number | undefined
  readonly scoring: unknown
}

const sample: fc.Arbitrary<Sample> = fc.record({
  assert: fc.array(fc.oneof({ weight: 5, arbitrary: single }, { weight: 1, arbitrary: set }), {
    maxLength: 5,
  }),
  reply: response,
  threshold: fc.constantFrom(undefined, undefined, 0, 0.4, 0.9),
  scoring,
})

const vars = { name: 'positive' }

async function oracle({ assert, reply, threshold, scoring }: Sample): Promise<unknown> {
  try {
    const { pass, score, reason, namedScores } = await promptfoo.assertions.runAssertions({
      // promptfoo writes to what it is given.
      test: { assert: assert.map(copyOf), vars, ...(threshold !== undefined && { threshold }) },
      vars,
      prompt: 'the prompt',
      provider,
      providerResponse: { ...reply, providerTransformedOutput: reply.output },
      latencyMs: 12,
      assertScoringFunction: scoring,
    })
    // A score that is no number is a check that broke, to us.
    if (![score, ...Object.values(namedScores ?? {})].every(Number.isFinite)) return 'errored'
    return { outcome: pass ? 'passed' : 'failed', score, reason, namedScores: namedScores ?? {} }
  } catch {
    return 'errored'
  }
}

function copyOf(assertion: Assertion): Assertion {
  return { ...assertion, ...(assertion.assert && { assert: assertion.assert.map(copyOf) }) }
}

async function ours({ assert, reply, threshold, scoring }: Sample): Promise<unknown> {
  const testCase = deepFreeze(caseOf(assert, { vars, threshold, assertScoringFunction: scoring }))
  const { outcome, score, reason, namedScores } = await verifyReply(verifier, testCase, deepFreeze(reply))
  return outcome === 'errored' ? 'errored' : { outcome, score, reason, namedScores }
}

/** A stack is where it was thrown from; a weight of 0 takes a broken check out, where promptfoo gives up. */
function comparable(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result).replaceAll(/\\nStack Trace:.*?(?="[,}])/g, '')) as unknown
}

function hasBrokenWeightless({ assert }: Sample): boolean {
  return assert.some((one) => one.weight === 0 || one.assert?.some(({ weight }) => weight === 0))
}

describe('against promptfoo’s runAssertions', () => {
  it('gives the same verdict, score, named scores and reason for 3,000 lists of assertions', async () => {
    let errored = 0
    await fc.assert(
      fc.asyncProperty(sample, async (input) => {
        const theirs = comparable(await oracle(input))
        const mine = comparable(await ours(input))
        if (theirs === 'errored') errored += 1
        if (theirs === 'errored' && hasBrokenWeightless(input)) return
        expect(mine).toEqual(theirs)
      }),
      { numRuns: 3000, seed: 20260731 },
    )
    // Most samples must be ones that can differ.
    expect(errored).toBeLessThan(1500)
  }, 240_000)
})
