import fc from 'fast-check'
import { stringify } from 'yaml'

export type Files = Readonly<Record<string, string>>

/** A generated case: what it stands for, and what the suite holds of it. */
export interface Sample<T> {
  /** Semantics and assertion types it exercises. */
  readonly covers: readonly string[]
  readonly value: T
}

/** Cases that share one suite, and so one process of promptfoo. */
export interface Batch {
  readonly name: string
  /** What each case covers. Each is `c<position>`. */
  readonly covers: readonly (readonly string[])[]
  /** The files of a suite that holds only these cases. */
  files(cases: readonly number[]): Files
  /** Options of promptfoo's command line. */
  readonly args?: readonly string[]
  /** `--repeat`, given to both. */
  readonly repeat?: number
  readonly env?: Readonly<Record<string, string>>
}

export type Options = Pick<Batch, 'args' | 'repeat' | 'env'>
export type Named<T> = T & { readonly id: string }

/** One seed for all: what is generated never changes by itself. */
const SEED = 20_260_731

export function sample<T>(arbitrary: fc.Arbitrary<T>, count: number, salt = 0): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed: SEED + salt })
}

/** @param write the files of a suite for the chosen cases, each with its id */
export function batchOf<T extends object>(
  name: string,
  samples: readonly Sample<T>[],
  write: (chosen: readonly Named<T>[]) => Files,
  options: Options = {},
): Batch {
  return {
    name,
    covers: samples.map(({ covers }) => covers),
    files: (cases) => ({
      'package.json': '{"type": "module"}',
      'model.mjs': MODEL,
      ...write(cases.map((at) => ({ ...(samples[at] as Sample<T>).value, id: `c${at}` }))),
    }),
    ...options,
  }
}

/** A test as it stands in a suite. */
export type TestYaml = Readonly<Record<string, unknown>>

/** The usual batch: tests in one suite, over the model below. */
export function testsBatch(
  name: string,
  samples: readonly Sample<TestYaml>[],
  suite: Readonly<Record<string, unknown>> = {},
  files: Files = {},
  options: Options = {},
): Batch {
  const write = (tests: readonly Named<TestYaml>[]): Files => ({
    ...files,
    'suite.yaml': yaml({
      prompts: ['{{q}}'],
      providers: ['file://model.mjs'],
      ...suite,
      tests: tests.map(withId),
    }),
  })
  return batchOf(name, samples, write, options)
}

export function withId({ id, ...test }: Named<TestYaml>): TestYaml {
  return { ...test, metadata: { ...(test['metadata'] as object | undefined), id } }
}

export function yaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 })
}

/**
 * Answers what `metadata.reply` of the test says; else the prompt, at most the last `config.most` characters; with `config.tell`, all
 * it was told.
 */
export const MODEL = `
export default class Model {
  constructor({ id, label, config = {} }) {
    this.label = label
    this.config = config
    this.id = () => id ?? 'model'
  }
  async callApi(prompt, { vars, test, prompt: template, repeatIndex }) {
    let reply = test?.metadata?.reply
    if (typeof reply === 'string' && reply.startsWith('{"output"')) reply = JSON.parse(reply)
    if (reply?.throws) throw new Error(reply.throws)
    if (typeof reply === 'object' && reply !== null) return reply
    if (reply !== undefined) return { output: reply }
    if (!this.config.tell) return { output: ((this.config.say ?? '') + prompt).slice(-(this.config.most ?? 0)) }
    const { basePath, ...config } = this.config
    const told = Object.entries(vars).filter(([name]) => !/^__eval/.test(name))
    return { output: JSON.stringify({ prompt, vars: Object.fromEntries(told), config, promptConfig: template.config, repeatIndex }) }
  }
}
`
