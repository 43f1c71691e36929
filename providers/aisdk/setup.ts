import { ConfigError } from '../../harness/model/errors.ts'
import type { Billing } from '../../harness/model/billing.ts'
import { billingOfKey } from '../../harness/model/billing.ts'
import type { ModelInfo } from '../../harness/model/model-catalog.ts'
import { modelCatalog } from '../shared/model-catalog.ts'
import { isKeyOf, isKeyOfAny, readVendorConfig } from './config/read.ts'
import type { Config } from './config/spellings.ts'
import { overlaid } from './config/spellings.ts'
import type { Endpoint } from './endpoint.ts'
import { endpointOf } from './endpoint.ts'
import type { VendorsModel } from './model-of.ts'
import { anthropicSettings } from './request/anthropic-settings.ts'
import { googleSettings } from './request/google-settings.ts'
import { compatibleSettings, ollamaSettings, openaiSettings } from './request/openai-settings.ts'
import type { Settings } from './request/settings.ts'
import type { Vendor } from './vendor.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** All that is known of a provider's calls before there is a prompt. */
export interface Setup extends VendorsModel {
  readonly info: ModelInfo | undefined
  readonly endpoint: Endpoint
  readonly organization: string | undefined
  readonly billing: Billing
  readonly settings: Settings
}

/** @throws ConfigError for the first mistake in the config; HarnessError for one in the environment */
export function setUp(of: VendorsModel, config: Config, env: Environment): Setup {
  const { vendor, model } = of
  const basePath = typeof config['basePath'] === 'string' ? config['basePath'] : process.cwd()
  const read = readVendorConfig(config, vendor, model, { provider: vendor, basePath })
  return {
    ...of,
    info: modelCatalog().find(vendor, model),
    endpoint: endpointOf(vendor, read, env),
    organization:
      vendor === 'openai' ? wordOf(read['organization'] ?? env['OPENAI_ORGANIZATION']) : undefined,
    billing: billingOf(of, read),
    settings: SETTINGS[vendor](read, model, env),
  }
}

/**
 * The same with a prompt's own config before the provider's. A prompt is put to models of several vendors, so that what is meant
 * for another of them is no mistake: it is told, and left out.
 * @throws ConfigError
 */
export function setUpForPrompt(of: VendorsModel, config: Config, own: Config, env: Environment): Setup {
  const fixed = ['vendor', 'model'].find((key) => own[key] !== undefined)
  if (fixed !== undefined)
    throw new ConfigError(`a prompt's config cannot change the ${fixed}`, [fixed], true)
  const others = Object.keys(own).filter((key) => !isKeyOf(of.vendor, key) && isKeyOfAny(key))
  const meant = Object.fromEntries(Object.entries(own).filter(([key]) => !others.includes(key)))
  const setup = setUp(of, overlaid(config, meant), env)
  const told = others.map(
    (key) => `the prompt's config says \`${key}\`, which is no key of ${of.vendor}: not sent`,
  )
  return { ...setup, settings: { ...setup.settings, warnings: [...setup.settings.warnings, ...told] } }
}

const SETTINGS: Readonly<Record<Vendor, (config: Config, model: string, env: Environment) => Settings>> = {
  openai: openaiSettings,
  'openai-compatible': compatibleSettings,
  ollama: ollamaSettings,
  google: googleSettings,
  anthropic: (config, _model, env) => anthropicSettings(config, env),
}

/** A server of one's own sends no bill: the price table knows nobody of its name. */
function billingOf({ vendor, model }: VendorsModel, { billing }: Config): Billing {
  return typeof billing === 'string' ? billingOfKey(billing) : { vendor, model }
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
