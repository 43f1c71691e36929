import fc from 'fast-check'
import {
  CHECK_FILES,
  DETERMINISTIC,
  TOOL_CONFIG,
  anyCheck,
  anyText,
  assertionOf,
  defined,
} from './assertion-samples.ts'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

const SUITE = {
  prompts: ['Say {{name}}'],
  providers: [{ id: 'file://model.mjs', config: TOOL_CONFIG }],
}
const vars = { name: 'positive' }

/** Each type and its `not-`, on replies that pass and replies that do not. */
function singles(): Sample<TestYaml>[] {
  return DETERMINISTIC.flatMap((type, salt) =>
    sample(assertionOf(type), 4, salt).flatMap(({ assertion, reply }) =>
      [type, `not-${type}`].map((written) => ({
        covers: [written],
        value: { vars, metadata: { reply }, assert: [{ ...assertion, type: written }] },
      })),
    ),
  )
}

const weighted = fc
  .record({
    check: anyCheck,
    weight: fc.constantFrom(undefined, undefined, 0, 0.5, 2),
    metric: fc.constantFrom(undefined, 'a', 'b', '{{name}}', '{{name}}-{{other}}'),
    transform: fc.constantFrom(undefined, undefined, undefined, 'output.toUpperCase()'),
  })
  .map(({ check, ...more }) => defined({ ...check, ...more }))

const set = fc
  .record({
    assert: fc.array(weighted, { minLength: 1, maxLength: 3 }),
    threshold: fc.constantFrom(undefined, 0.5),
    weight: fc.constantFrom(undefined, 0, 3),
    metric: fc.constantFrom(undefined, 'a', 'set', '{{name}}'),
  })
  .map((fields) => defined({ type: 'assert-set', ...fields }))

const many = fc.record({
  output: anyText,
  assert: fc.array(fc.oneof({ weight: 5, arbitrary: weighted }, { weight: 1, arbitrary: set }), {
    minLength: 1,
    maxLength: 5,
  }),
  threshold: fc.constantFrom(undefined, undefined, 0, 0.4, 0.9),
})

/** Several checks on one reply: what they come to. */
function combined(): Sample<TestYaml>[] {
  return sample(many, 80).map(({ output, ...test }) => ({
    covers: coversOf(test.assert, test.threshold),
    value: { vars, metadata: { reply: output }, ...defined(test) },
  }))
}

function coversOf(assert: readonly Record<string, unknown>[], threshold: number | undefined): string[] {
  const all = assert.flatMap((one) => [
    one,
    ...((one['assert'] as Record<string, unknown>[] | undefined) ?? []),
  ])
  const has = (key: string): boolean => all.some((one) => one[key] !== undefined)
  return [
    ...(assert.some(({ type }) => type === 'assert-set') ? ['assert-set'] : []),
    ...(has('weight') ? ['weight'] : []),
    ...(all.some(({ weight }) => weight === 0) ? ['weight 0'] : []),
    ...(has('metric') ? ['metric'] : []),
    ...(all.some(({ metric }) => String(metric).includes('{{')) ? ['templated metric'] : []),
    ...(has('transform') ? ['assertion transform'] : []),
    ...(threshold === undefined ? [] : ['threshold']),
  ]
}

export const assertionBatches: readonly Batch[] = [
  testsBatch('assertion types', singles(), SUITE, CHECK_FILES),
  testsBatch('assertions together', combined(), SUITE, CHECK_FILES),
]
