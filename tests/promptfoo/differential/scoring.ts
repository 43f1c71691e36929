import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

const SCORING = `
export const mean = (scores, { threshold, componentResults }) => {
  const all = Object.values(scores)
  const score = all.reduce((sum, one) => sum + one, 0) / (all.length || 1)
  return { pass: score >= (threshold ?? 0.5), score, reason: \`\${componentResults.length} checks\` }
}
export const renamed = async (scores) => ({ pass: true, score: 0.25, reason: 'renamed', namedScores: { ...scores, more: 2 } })
`
const METRICS_FILE = `
export const spread = (scores) => Math.max(...Object.values(scores)) - Math.min(...Object.values(scores))
`

const check = fc
  .record({
    value: fc.constantFrom(
      'true',
      'false',
      '0.5',
      '0',
      '-1',
      '2',
      '({pass: false, score: 0.9, reason: "r"})',
      '({pass: true, score: 0.1, reason: "r", namedScores: {inner: 0.5, a: 1}})',
      'output.length / 20',
    ),
    metric: fc.constantFrom('a', 'b', '{{kind}}', undefined),
    weight: fc.constantFrom(undefined, undefined, 0, 3),
    threshold: fc.constantFrom(undefined, undefined, 0.5),
  })
  .map((fields) => defined({ type: 'javascript', ...fields }))

const test = fc
  .record({
    kind: fc.constantFrom('x', 'y'),
    reply: fc.constantFrom<unknown>('short', 'quite a long reply', { error: 'broken' }, 'text'),
    assert: fc.array(check, { minLength: 1, maxLength: 4 }),
    threshold: fc.constantFrom(undefined, 0.5),
    scoring: fc.constantFrom(undefined, undefined, 'mean', 'mean', 'renamed'),
  })
  .map(({ kind, reply, assert, threshold, scoring }): Sample<TestYaml> => ({
    covers: ['metrics', 'derivedMetrics', ...(scoring ? ['assertScoringFunction'] : [])],
    value: {
      vars: { kind },
      metadata: { reply },
      assert,
      ...defined({ threshold, assertScoringFunction: scoring && `file://scoring.mjs:${scoring}` }),
    },
  }))

const SUITE = {
  prompts: ['One {{kind}}', 'Two {{kind}} {{kind}}'],
  providers: [
    { id: 'file://model.mjs', label: 'm' },
    { id: 'file://model.mjs', label: 'n', config: { say: 'n' } },
  ],
  derivedMetrics: [
    { name: 'sum', value: 'a + b' },
    { name: 'mean', value: 'sum / __count' },
    { name: 'f1', value: '2 * a * b / (a + b)' },
    { name: 'root', value: 'sqrt(abs(x - y)) + max(a, 0.5)' },
    { name: 'unknown', value: 'nothing_like_it + 1' },
    { name: 'spread', value: 'file://metrics.mjs:spread' },
  ],
}

export const scoringBatches: readonly Batch[] = [
  testsBatch('metrics', sample(test, 40, 70), SUITE, { 'scoring.mjs': SCORING, 'metrics.mjs': METRICS_FILE }),
]
