import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

const TRANSFORM_FILE = `
export default (output, context) => 'default ' + output + ' ' + Object.keys(context.vars).length
export const named = (output, { vars }) => 'named ' + output + vars.q
`
const TRANSFORMS = [
  'output.toUpperCase()',
  'output + " " + context.vars.q',
  'JSON.parse(output)',
  'const x = output.length ?? 4\nreturn x * 2',
  '({ wrapped: output })',
  'file://transform.mjs',
  'file://transform.mjs:named',
  'output.nothing.here',
  'null',
  'undefined',
  '""',
]
const text = fc.constantFrom('text', '{"a": 1}', 'long text with words')
const transform = fc.constantFrom(...TRANSFORMS)
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 })

const onTests = fc
  .record({
    reply: text,
    transform: maybe(transform),
    postprocess: maybe(transform),
    own: maybe(transform),
    vars: maybe(
      fc.constantFrom(
        '({ ...vars, q: vars.q + "!" })',
        'const added = Object.keys(vars).length\nreturn { added, q: context.uuid ? "id" : "none" }',
        '({ q: [1, 2] })',
      ),
    ),
  })
  .map(({ reply, transform, postprocess, own, vars: transformVars }): Sample<TestYaml> => {
    const options = defined({ transform, postprocess, transformVars })
    const second = defined({ type: 'javascript', value: 'String(output).length > 8', transform: own })
    return {
      covers: [
        'provider.transform',
        ...(transform || postprocess ? ['options.transform'] : []),
        ...(own ? ['assertion transform'] : []),
        ...(transformVars ? ['transformVars'] : []),
      ],
      value: {
        vars: { q: 'why' },
        metadata: { reply },
        options,
        assert: [{ type: 'contains', value: 'text' }, second],
      },
    }
  })

const SUITE = {
  providers: [
    { id: 'file://model.mjs', label: 'none' },
    { id: 'file://model.mjs', label: 'upper', transform: 'output.toUpperCase()' },
    { id: 'file://model.mjs', label: 'file', transform: 'file://transform.mjs:named' },
    { id: 'file://model.mjs', label: 'may break', transform: 'output.startsWith("{") ? output : output.a.b' },
    { id: 'file://model.mjs', label: 'object', transform: '({ seen: output, q: context.vars.q })' },
  ],
}

export const transformBatches: readonly Batch[] = [
  testsBatch('transforms', sample(onTests, 45, 3), SUITE, { 'transform.mjs': TRANSFORM_FILE }),
]
