import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Files, Named, Sample, TestYaml } from './batch.ts'
import { batchOf, sample, withId, yaml } from './batch.ts'

// A `file://` in a list of providers would be replaced by what the file holds, by both.
const LISTED = `
- id: model.mjs
  label: listed a
  config: {say: 'a: '}
- id: ./model.mjs
  label: listed b
  config: {say: 'b: ', list: [1]}
`
const TYPED = `
interface Options { readonly id?: string; readonly label?: string; readonly config?: Record<string, unknown> }
export default class Typed {
  readonly options: Options
  constructor(options: Options) { this.options = options }
  id(): string { return this.options.id ?? 'typed' }
  async callApi(prompt: string): Promise<{ output: string }> {
    const { basePath, ...config } = this.options.config ?? {}
    return { output: \`typed \${prompt} \${JSON.stringify(config)}\` }
  }
}
`
const COMMON = `
module.exports = class { id() { return 'common' } async callApi(prompt, context) { return { output: 'common ' + prompt + context.prompt.label } } }
`
const FILES: Files = {
  'listed.yaml': LISTED,
  'one.yaml': 'id: model.mjs\nlabel: from one\nconfig: {tell: true}\n',
  'typed.ts': TYPED,
  'common.cjs': COMMON,
}

const PROVIDERS = [
  'file://typed.ts',
  { id: 'file://common.cjs', label: 'common' },
  { id: 'file://model.mjs', label: 'told', config: { tell: true, word: '{{env.DIFFERENTIAL_WORD}}', n: 1 } },
  { 'file://model.mjs': { label: 'as a key', config: { say: 'key: ' } } },
  'file://listed.yaml',
  'file://one.yaml',
  { id: 'file://model.mjs', label: 'only first', prompts: ['first'], config: { say: '1: ' } },
  { id: 'file://model.mjs', label: 'only se*', prompts: ['se*'], config: { say: 's: ' } },
  { id: 'file://model.mjs', label: 'late', delay: 5, config: { say: 'late: ' } },
  { id: 'file://model.mjs', label: 'with env', env: { OWN: 'x' }, config: { tell: true } },
  { id: 'file://model.mjs', label: 'changes', transform: 'output + "!"' },
  'echo',
]

const filters = fc
  .record({
    q: fc.constantFrom('why', 'how'),
    providers: fc.constantFrom(
      undefined,
      undefined,
      ['common'],
      ['told', 'late'],
      ['listed*'],
      ['as a key', 'only first'],
      ['echo'],
    ),
    prompts: fc.constantFrom(undefined, undefined, ['first'], ['se*'], ['an-id'], ['first', 'third']),
  })
  .map(({ q, providers, prompts }): Sample<TestYaml> => ({
    covers: [
      'provider forms',
      ...(providers ? ['providers filter'] : []),
      ...(prompts ? ['prompts filter'] : []),
    ],
    value: defined({ vars: { q }, providers, prompts, assert: [{ type: 'contains', value: 'why' }] }),
  }))

const PROMPTS = [
  { raw: 'First {{q}}', label: 'first' },
  { raw: 'Second {{q}}', label: 'second', config: { temperature: 1 } },
  { raw: 'Third {{q}}', label: 'third', id: 'an-id' },
]

const write = (tests: readonly Named<TestYaml>[]): Files => ({
  ...FILES,
  'suite.yaml': yaml({ prompts: PROMPTS, providers: PROVIDERS, tests: tests.map(withId) }),
})

export const providerBatches: readonly Batch[] = [
  batchOf('providers', sample(filters, 16, 5), write, { env: { DIFFERENTIAL_WORD: 'wörd' } }),
]
