import fc from 'fast-check'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

const REPLIES: readonly unknown[] = [
  'text',
  '',
  0,
  7,
  false,
  true,
  { output: null },
  { output: '' },
  { output: 0 },
  { output: false },
  { output: 3.5 },
  { output: ['a', { b: 1 }] },
  { output: [] },
  { output: {} },
  { output: { nested: { text: 'text' } } },
  { error: 'it broke' },
  { error: 'it broke', output: 'text' },
  { error: '' },
  {},
  { throws: 'thrown' },
  { output: 'text', cached: true, latencyMs: 12, cost: 0.5 },
  { output: 'text', tokenUsage: { total: 10, prompt: 4, completion: 6 }, cost: 0.002, finishReason: 'stop' },
  { output: 'text', isRefusal: true, metadata: { own: 'kept' }, raw: { x: 1 }, sessionId: 's1' },
  { output: 'text\u0000\u0007\u001b[31m', logProbs: [-1] },
  { output: '{{ vars }} {% broken' },
]
const ASSERTS: readonly Record<string, unknown>[] = [
  { type: 'equals', value: 'text' },
  { type: 'contains', value: 't' },
  { type: 'not-contains', value: 'x' },
  { type: 'is-json' },
  { type: 'equals', value: { nested: { text: 'text' } } },
  { type: 'javascript', value: 'typeof output === "string"' },
  {
    type: 'javascript',
    value: '({ pass: true, score: 0.25, reason: context.providerResponse?.finishReason ?? "none" })',
  },
  { type: 'javascript', value: 'context.metadata?.own === "kept"' },
  { type: 'cost', threshold: 0.1 },
  { type: 'latency', threshold: 100000 },
  { type: 'is-refusal' },
  { type: 'word-count', value: 1 },
]

const pairs: readonly Sample<TestYaml>[] = REPLIES.flatMap((reply, salt) =>
  sample(fc.subarray([...ASSERTS], { minLength: 1, maxLength: 3 }), 2, salt).map((assert) => ({
    covers: ['reply of any shape'],
    value: { vars: { q: 'why' }, metadata: { reply }, assert },
  })),
)

const FIXED: readonly unknown[] = ['fixed', '{"a": 1}', { a: [1] }, 0, '', 'a {{q}} b', ['x'], 12, null]

const fixed: readonly Sample<TestYaml>[] = FIXED.flatMap((providerOutput, salt) =>
  sample(fc.subarray(ASSERTS.slice(0, 7), { minLength: 1, maxLength: 3 }), 1, salt).map((assert) => ({
    covers: ['providerOutput'],
    value: { vars: { q: 'why' }, providerOutput, assert },
  })),
)

export const replyBatches: readonly Batch[] = [testsBatch('replies', [...pairs, ...fixed])]
