import { messageOf } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { ProviderSpec, Suite } from '../model/suite.ts'
import { isKnownProviderId } from '../suite/config/catalog.ts'
import { fail } from '../suite/config/fail.ts'
import { renderEnv } from '../suite/config/render-env.ts'
import { importUserFile, isCodeFile } from '../suite/user-code.ts'
import { importPromptfoo } from '../verify/promptfoo.ts'

/** promptfoo's contract for a provider class. */
export type ProviderClass = new (options: {
  readonly id: string
  readonly config: Record<string, unknown>
  readonly env: Record<string, string> | undefined
}) => Provider

interface LoadOptions {
  /** The environment, `.env` files included: what promptfoo's own providers look their keys up in. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where promptfoo may write, should one of its providers be needed. */
  readonly cacheDir: string
  /** Providers that need no file: by whole id, or by the part of the id before its first colon. */
  readonly builtin?: Readonly<Record<string, () => Promise<ProviderClass>>> | undefined
}

const CONTRACT = 'a provider is a class with id() and callApi(prompt, context), exported by default'

/**
 * Loads the providers of a plan, by key. Files are imported here, before any call is made.
 * @throws HarnessError `suite`, at the provider's place in the suite, for a file that cannot be imported, is no class or
 *   makes no provider, and for an id promptfoo cannot load.
 */
export async function loadProviders(
  plan: Plan,
  options: LoadOptions,
): Promise<ReadonlyMap<string, Provider>> {
  const providers = new Map<string, Provider>()
  for (const { provider: spec } of plan.columns) {
    if (providers.has(spec.key)) continue
    providers.set(spec.key, await loadProvider(spec, plan.suite, options))
  }
  return providers
}

/** Loads the providers that grade, which no column names, in the same way. */
export function loadGrader(suite: Suite, options: LoadOptions): (spec: ProviderSpec) => Promise<Provider> {
  return (spec) => loadProvider(spec, suite, options)
}

async function loadProvider(spec: ProviderSpec, suite: Suite, options: LoadOptions): Promise<Provider> {
  const id = renderEnv(spec.id, { ...options.env, ...suite.env, ...spec.env })
  if (isOwnFile(spec)) return construct(await importUserFile(spec.path, spec.at), id, spec, suite)
  const builtin = options.builtin?.[id] ?? options.builtin?.[id.split(':', 1)[0] as string]
  return builtin === undefined
    ? loadPromptfoo(id, spec, suite, options)
    : construct(await builtin(), id, spec, suite)
}

/** True for promptfoo's own providers, which queue and retry inside a call: the latency of such a call is not the model's. */
export function hidesRetries(spec: ProviderSpec): boolean {
  // An id that is taken from the environment can only be one of promptfoo's.
  return !isOwnFile(spec) && (isKnownProviderId(spec.id) || spec.id.includes('{{'))
}

function isOwnFile(spec: ProviderSpec): spec is ProviderSpec & { path: string } {
  return spec.path !== undefined && isCodeFile(spec.path)
}

function construct(exported: unknown, id: string, spec: ProviderSpec, suite: Suite): Provider {
  if (!isClass(exported)) {
    const what = typeof exported === 'function' ? 'a function that is no class' : 'no class'
    throw fail('suite', `${spec.id} exports ${what}`, spec.at, CONTRACT)
  }
  const env = { ...suite.env, ...spec.env }
  let provider: Provider
  try {
    provider = new exported({
      id,
      config: { ...spec.config, basePath: suite.dir },
      env: Object.keys(env).length === 0 ? undefined : env,
    })
    applySpec(provider, spec)
  } catch (error) {
    throw fail(
      'suite',
      `the provider ${spec.id} cannot be constructed: ${messageOf(error)}`,
      spec.at,
      undefined,
      error,
    )
  }
  for (const method of ['callApi', 'id'] as const) {
    if (typeof provider[method] === 'function') continue
    throw fail('suite', `the provider ${spec.id} has no ${method}()`, spec.at, CONTRACT)
  }
  return provider
}

function isClass(value: unknown): value is ProviderClass {
  return typeof value === 'function' && typeof value.prototype === 'object'
}

/** What promptfoo sets on a provider it has loaded: a label of the provider's own stands, the rest is the suite's. */
function applySpec(provider: Provider, { label, delay, transform }: ProviderSpec): void {
  provider.transform = transform
  provider.delay = delay
  provider.label ||= label ?? ''
}

async function loadPromptfoo(
  id: string,
  spec: ProviderSpec,
  suite: Suite,
  options: LoadOptions,
): Promise<Provider> {
  const { label, config, delay, transform, env, at } = spec
  const promptfoo = await importPromptfoo({ cacheDir: options.cacheDir })
  try {
    return await promptfoo.loadApiProvider(id, {
      options: { id, label, config, delay, transform, env },
      basePath: suite.dir,
      env: { ...options.env, ...suite.env },
    })
  } catch (error) {
    throw fail(
      'suite',
      `promptfoo cannot load the provider \`${id}\`: ${messageOf(error)}`,
      at,
      undefined,
      error,
    )
  }
}
