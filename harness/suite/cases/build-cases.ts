import type { Assertion, Check } from '../../model/assertion.ts'
import type { Case, TestCase, TestOptions } from '../../model/case.ts'
import { messageOf } from '../../model/errors.ts'
import { fail } from '../config/fail.ts'
import { envFlag } from '../env-flag.ts'
import type { Reading } from '../reading.ts'
import { resolveFile } from '../reading.ts'
import { recordedId } from '../recorded-names.ts'
import type { SourcedTest } from '../tests/test-source.ts'
import { applyTransform } from '../transform.ts'
import type { Defaults } from './defaults.ts'
import { fanOut } from './fan-out.ts'
import { caseId, isOccurrence, varsDigest } from './identity.ts'

/** A case before it is known whether an earlier one has its id. */
export type CaseDraft = Omit<Case, 'id'> & { readonly id: string; readonly digest: string }

interface BuildOptions {
  readonly defaults: Defaults
  /** How often a case runs that does not say so itself. */
  readonly repeat: number
  readonly reading: Reading
}

/** Makes the cases of one test: defaults merged in as promptfoo does, vars transformed, then fanned out. */
export class CaseBuilder {
  readonly #defaults: Defaults
  readonly #defaultAssertions: Assertion[]
  readonly #repeat: number
  readonly #reading: Reading
  readonly #expands: boolean

  constructor({ defaults, repeat, reading }: BuildOptions) {
    this.#defaults = defaults
    this.#defaultAssertions = defaults.checks.map(({ assertion }) => assertion)
    this.#repeat = repeat
    this.#reading = reading
    this.#expands = !envFlag(reading.env, 'PROMPTFOO_DISABLE_VAR_EXPANSION')
  }

  /** True when vars must be transformed first, which may take a promise. */
  needsTransform({ test }: SourcedTest): boolean {
    return this.#transformOf(test) !== undefined
  }

  /** The cases of a test whose vars are transformed by code. @throws HarnessError `suite` when the code throws */
  async buildTransformed(sourced: SourcedTest): Promise<CaseDraft[]> {
    const { test, at, literalVars } = sourced
    const vars = this.#mergedVars(test)
    const digest = varsDigest(vars, () => undefined)
    const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20)}`
    let changed: unknown
    try {
      changed = await applyTransform(this.#transformOf(test), vars, { prompt: {}, uuid }, this.#reading, {
        input: 'vars',
        at,
      })
    } catch (error) {
      throw fail('suite', `transformVars: ${messageOf(error)}`, at, undefined, error)
    }
    if (typeof changed !== 'object' || changed === null)
      throw fail('suite', `transformVars must return an object, but returned ${typeof changed}`, at)
    // What is computed from data is data.
    const literal = literalVars.size === 0 ? literalVars : new Set([...literalVars, ...Object.keys(changed)])
    return this.#fanOut({ ...sourced, literalVars: literal }, { ...vars, ...changed })
  }

  build(sourced: SourcedTest): CaseDraft[] {
    return this.#fanOut(sourced, this.#mergedVars(sourced.test))
  }

  #transformOf(test: TestCase): unknown {
    return test.options?.transformVars || this.#defaults.test.options?.transformVars || undefined
  }

  #mergedVars(test: TestCase): Record<string, unknown> {
    return { ...this.#defaults.test.vars, ...test.vars }
  }

  #fanOut(sourced: SourcedTest, vars: Record<string, unknown>): CaseDraft[] {
    const { literalVars, at } = sourced
    const merged = this.#merge(sourced)
    const expands = this.#expands && merged.test.options?.disableVarExpansion !== true
    const combinations = expands ? fanOut(vars, literalVars, at, this.#reading) : [vars]
    const draft = (own: Record<string, unknown>): CaseDraft => {
      const digest = varsDigest(own, (name, value) => this.#fileDigest(name, value, sourced))
      const written = recordedId(merged.test.metadata?.['id'], this.#reading.redact)
      const id = caseId(written, digest, combinations.length > 1)
      if (isOccurrence(id))
        throw fail(
          'suite',
          `the id of a case cannot end in a number after \`#\`: ${id}`,
          at,
          'such ids are for cases that are alike',
        )
      return { ...merged, id, digest, vars: own, literalVars, at, test: { ...merged.test, vars: own } }
    }
    return combinations.map(draft)
  }

  #merge({
    test,
    checks,
  }: SourcedTest): { test: TestCase } & Pick<Case, 'checks' | 'description' | 'repeat' | 'tags'> {
    const { test: defaults, checks: defaultChecks } = this.#defaults
    const withDefaults = test.options?.disableDefaultAsserts !== true && defaultChecks.length > 0
    const metadata = { ...defaults.metadata, ...test.metadata }
    const options = mergeOptions(defaults.options, test.options)
    return {
      test: {
        ...test,
        assert: withDefaults ? joined(this.#defaultAssertions, test.assert) : (test.assert ?? []),
        threshold: test.threshold ?? defaults.threshold,
        options,
        metadata,
        prompts: test.prompts ?? defaults.prompts,
        providers: test.providers ?? defaults.providers,
        provider: test.provider || defaults.provider,
        assertScoringFunction: test.assertScoringFunction || defaults.assertScoringFunction,
      },
      checks: withDefaults ? joined(defaultChecks as Check[], checks) : checks,
      description: test.description,
      repeat: isCount(options.repeat) ? options.repeat : this.#repeat,
      tags: tagsOf(metadata),
    }
  }

  #fileDigest(name: string, value: unknown, { literalVars, at }: SourcedTest): string | undefined {
    if (typeof value !== 'string' || !value.startsWith('file://') || literalVars.has(name)) return undefined
    return this.#reading.ledger.digest(resolveFile(this.#reading, value, at), at)
  }
}

/** Own options win; an empty prefix or suffix is none, so that the default one holds. */
function mergeOptions(defaults: TestOptions | undefined, own: TestOptions | undefined): TestOptions {
  const options = { ...defaults, ...own }
  for (const key of ['prefix', 'suffix'] as const) {
    const fallback = defaults?.[key]
    if (!options[key] && fallback !== undefined) options[key] = fallback
  }
  return options
}

/** The first list itself when the second has nothing, so that cases share it. */
function joined<T>(first: T[], second: readonly T[] | undefined): T[] {
  return second === undefined || second.length === 0 ? first : [...first, ...second]
}

function isCount(repeat: unknown): repeat is number {
  return typeof repeat === 'number' && Number.isSafeInteger(repeat) && repeat > 0
}

function tagsOf({ tags }: Record<string, unknown>): string[] {
  return [tags ?? []]
    .flat()
    .filter((tag) => typeof tag === 'string' || typeof tag === 'number')
    .map(String)
}
