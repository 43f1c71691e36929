import { HarnessError, messageOf } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { ProviderSpec, Warning } from '../model/suite.ts'
import { placed } from '../suite/config/at-place.ts'
import { fail } from '../suite/config/fail.ts'

/** A provider that a run asks. */
export interface Asked {
  readonly spec: ProviderSpec
  readonly provider: Provider
}

/** The providers of a plan, each once. */
export function providersOf(
  { columns }: Pick<Plan, 'columns'>,
  loaded: ReadonlyMap<string, Provider>,
): Asked[] {
  const specs = new Map(columns.map(({ provider }) => [provider.key, provider]))
  return [...loaded].flatMap(([key, provider]) => {
    const spec = specs.get(key)
    return spec === undefined ? [] : [{ spec, provider }]
  })
}

/** The graders that were loaded. */
export function gradersOf(loaded: ReadonlyMap<Provider, ProviderSpec>): Asked[] {
  return [...loaded].map(([provider, spec]) => ({ spec, provider }))
}

/** What providers find odd about themselves, at their places in the suite. */
export function oddities(asked: readonly Asked[]): Warning[] {
  return asked.flatMap(({ spec: { key, at }, provider: { warnings = [] } }) =>
    warnings.map((message) => ({ message: `${key}: ${message}`, at })),
  )
}

/**
 * Has providers find out, all at once, whatever would keep them from calling: libraries that cannot be loaded, credentials that
 * are not there. What several of them lack is told once.
 * @throws HarnessError `suite`, at the first that lacks something; what others lack are its `others`
 */
export async function makeReady(asked: readonly Asked[]): Promise<void> {
  const problems = await Promise.all(asked.map(problemOf))
  const told = new Map<string, { readonly error: HarnessError; readonly keys: Set<string> }>()
  for (const [index, error] of problems.entries()) {
    if (error === undefined) continue
    const key = asked[index]?.spec.key ?? ''
    const text = `${error.message}\n${error.hint}`
    const known = told.get(text)
    if (known === undefined) told.set(text, { error, keys: new Set([key]) })
    else known.keys.add(key)
  }
  const [first, ...others] = [...told.values()].map(({ error, keys }) => withSame(error, [...keys].slice(1)))
  if (first !== undefined) throw withOthers(first, others)
}

function withSame(error: HarnessError, same: readonly string[]): HarnessError {
  if (same.length === 0) return error
  const { code, message, at, hint, frame, others, cause } = error
  const text = `${message} (the same holds for ${same.join(', ')})`
  return new HarnessError(code, text, { at, hint, frame, others, cause })
}

function withOthers(error: HarnessError, others: readonly HarnessError[]): HarnessError {
  const { code, message, at, hint, frame, cause } = error
  return new HarnessError(code, message, { at, hint, frame, cause, others: [...error.others, ...others] })
}

async function problemOf({ spec, provider }: Asked): Promise<HarnessError | undefined> {
  try {
    await provider.ready?.()
    return undefined
  } catch (error) {
    if (error instanceof HarnessError) return placed(error, spec)
    return fail(
      'suite',
      `the provider ${spec.id} cannot be made ready: ${messageOf(error)}`,
      spec.at,
      undefined,
      error,
    )
  }
}
