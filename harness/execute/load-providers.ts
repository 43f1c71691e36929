import type { ProviderClass } from '../model/builtin.ts'
import { ConfigError, HarnessError, messageOf } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { ProviderSpec, Suite } from '../model/suite.ts'
import { placed } from '../suite/config/at-place.ts'
import { promptfooId } from '../suite/config/catalog.ts'
import { fail } from '../suite/config/fail.ts'
import { renderEnv } from '../suite/config/render-env.ts'
import { importUserFile } from '../suite/user-code.ts'
import type { PromptfooOptions } from './promptfoo-provider.ts'
import { loadPromptfoo } from './promptfoo-provider.ts'

const CONTRACT = 'a provider is a class with id() and callApi(prompt, context), exported by default'

/**
 * Loads the providers of a plan, by key. Files are imported here, before any call is made.
 * @throws HarnessError `suite`, for a mistake in the config at its place in the suite, else at the provider's: for a file that
 *   cannot be imported, is no class or makes no provider, and for an id promptfoo cannot load.
 */
export async function loadProviders(
  plan: Plan,
  options: PromptfooOptions,
): Promise<ReadonlyMap<string, Provider>> {
  const providers = new Map<string, Provider>()
  for (const { provider: spec } of plan.columns) {
    if (providers.has(spec.key)) continue
    providers.set(spec.key, await loadProvider(spec, plan.suite, options))
  }
  return providers
}

/** Loads the providers that grade, which no column names, in the same way. */
export function loadGrader(
  suite: Suite,
  options: PromptfooOptions,
): (spec: ProviderSpec) => Promise<Provider> {
  return (spec) => loadProvider(spec, suite, options)
}

/** True for promptfoo's own providers, which queue and retry inside a call: the latency of such a call is not the model's. */
export function hidesRetries({ kind }: ProviderSpec): boolean {
  return kind === 'promptfoo'
}

async function loadProvider(spec: ProviderSpec, suite: Suite, options: PromptfooOptions): Promise<Provider> {
  const id = renderEnv(spec.id, { ...options.env, ...suite.env, ...spec.env })
  if (spec.kind === 'file' && spec.path !== undefined)
    return construct(await importUserFile(spec.path, spec.at), id, spec, suite)
  // What a class of models stands for was settled when the suite was read.
  const served = spec.kind === 'builtin' ? suite.builtin?.serve(spec.model ?? id) : undefined
  return served === undefined
    ? loadPromptfoo(promptfooId(id), spec, suite, options)
    : construct(await served.load(), spec.model ?? id, spec, suite)
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
      config: { ...configOf(spec), basePath: suite.dir },
      env: Object.keys(env).length === 0 ? undefined : env,
    })
    applySpec(provider, spec)
  } catch (error) {
    if (error instanceof HarnessError) throw placed(withWayOut(error, spec), spec)
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

/** A key that only promptfoo's own provider knows is no typing error. */
function withWayOut(error: HarnessError, { kind, id }: ProviderSpec): HarnessError {
  const isUnknownKey = error instanceof ConfigError && error.isKey
  if (!isUnknownKey || kind !== 'builtin' || error.hint?.startsWith('did you mean') === true) return error
  const { message, path, hint } = error
  const way = `\`promptfoo:${id}\` asks for promptfoo's own provider, which has keys of its own`
  return new ConfigError(message, path, true, hint === undefined ? way : `${hint}; ${way}`)
}

/** The config of a file names its model by itself: of a class the one it stands for. */
function configOf({ kind, config, model }: ProviderSpec): ProviderSpec['config'] {
  if (kind !== 'file' || model === undefined) return config
  return { ...config, model: model.slice(model.indexOf(':') + 1) }
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
