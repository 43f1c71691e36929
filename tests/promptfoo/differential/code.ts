import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

/** What a custom check is told, as a score and a reason would show it; and all it may answer. */
const CHECKS = `
interface Context { vars: Record<string, unknown>; config?: unknown; prompt?: string; test?: { metadata?: unknown }; provider?: { id(): string }; providerResponse?: { cost?: number }; metadata?: unknown }
const parts = (pass: boolean) => [{ pass, score: 0.25, reason: 'part', assertion: null }, { pass: true, score: 1, reason: 'other part', namedScores: { part: 1 } }]
export const told = (output: string, { vars, config, prompt, test, provider, providerResponse, metadata }: Context) => ({
  pass: true,
  score: JSON.stringify([output, vars, config, prompt, test?.metadata, provider?.id(), providerResponse?.cost, metadata]).length / 1000,
  reason: 'told',
})
export const yes = () => true
export const no = async () => false
export const half = () => 0.5
export const negative = () => -2
export const text = () => 'true'
export const nothing = () => undefined
export const incomplete = () => ({ pass: true })
export const graded = () => ({ pass: false, score: 0.8, reason: 'graded', namedScores: { named: 0.3 } })
export const composed = (output: string) => ({ pass: output.length > 4, score: 0.6, reason: 'composed', componentResults: parts(false), namedScores: { whole: 2 } })
export const throws = () => { throw new Error('broken check') }
export const rejects = async () => { throw new TypeError('broken check') }
`
const NAMES = [
  'told',
  'told',
  'yes',
  'no',
  'half',
  'negative',
  'text',
  'nothing',
  'incomplete',
  'graded',
  'composed',
  'throws',
  'rejects',
]
const INLINE = [
  'output === "text"',
  'context.vars.q.length > 3',
  'const { q } = context.vars\nif (q === "why") return 0.75\nreturn false',
  'output.nothing.at.all',
  '"text"',
  '// a comment\ntrue',
  'JSON.stringify(context.config ?? null).length / 10',
  '(() => ({ pass: true, score: 3, reason: "above one" }))()',
]

const check = fc
  .record({
    value: fc.oneof(
      fc.constantFrom(...NAMES).map((name) => `file://checks.ts:${name}`),
      fc.constantFrom(...INLINE),
    ),
    not: fc.boolean(),
    threshold: fc.constantFrom(undefined, undefined, 0.4, 0),
    config: fc.constantFrom<unknown>(undefined, { limit: 1 }),
    metric: fc.constantFrom(undefined, 'm', 'named'),
    weight: fc.constantFrom(undefined, 2),
  })
  .map(({ not, ...fields }) => defined({ type: not ? 'not-javascript' : 'javascript', ...fields }))

const test = fc
  .record({
    assert: fc.array(check, { minLength: 1, maxLength: 2 }),
    reply: fc.constantFrom<unknown>(
      'text',
      'longer text',
      { output: { k: 'v' } },
      { output: 'text', cost: 0.25, metadata: { own: 1 } },
    ),
  })
  .map(({ assert, reply }): Sample<TestYaml> => ({
    covers: ['custom assertion'],
    value: { vars: { q: 'why' }, metadata: { reply }, assert },
  }))

export const codeBatches: readonly Batch[] = [
  testsBatch('custom checks', sample(test, 60, 110), {}, { 'checks.ts': CHECKS }),
]
