import type { Billing } from '../../harness/model/billing.ts'
import { ConfigError } from '../../harness/model/errors.ts'
import type { ModelInfo } from '../../harness/model/model-catalog.ts'
import { modelCatalog } from '../shared/model-catalog.ts'
import type { ProviderOptions } from '../shared/provider-options.ts'
import { environmentOf } from '../shared/provider-options.ts'
import { modelMeant, servedId } from '../shared/served-ids.ts'
import { identityWarnings } from './client/credentials.ts'
import type { Where } from './client/where.ts'
import { whereOf } from './client/where.ts'
import { withPromptfooDefaults } from './config/promptfoo-defaults.ts'
import { settingsInEnvironment } from './config/from-environment.ts'
import type { Settings } from './config/settings.ts'
import { readPromptSettings, readSettings } from './config/settings.ts'
import type { Family, ModelName } from './model/model-name.ts'
import { familyOf, modelName } from './model/model-name.ts'
import { modelWarnings } from './model/model-warnings.ts'
import { billingOf } from './reply/billing.ts'
import { withoutRefused } from './request/additional.ts'

/** All that is known of a provider before it is called. */
export interface Setup {
  readonly name: ModelName
  readonly info: ModelInfo | undefined
  /** Whose body InvokeModel takes for the model. */
  readonly family: Family | undefined
  readonly where: Where
  readonly settings: Settings
  /** Of those what is written, and not only usual. */
  readonly written: Settings
  readonly id: string | undefined
  readonly billing: Billing
  readonly warnings: readonly string[]
}

/** @throws ConfigError for an unknown key, a wrong value, a model that is missing or that InvokeModel is not known to take */
export function setUp(options: ProviderOptions, today: Date): Setup {
  const env = environmentOf(options)
  const { settings, target } = readSettings(options.config)
  const name = modelName(modelOf(target.model, options.id))
  const info = modelCatalog().find('bedrock', name.base)
  const family = familyOf(name, target.inferenceModelType)
  const where = whereOf(target, name, env)
  const asked = { ...settingsInEnvironment(env), ...settings }
  requireFamily(asked, family, name)
  const { id } = options
  const taken = withoutRefused(name, withPromptfooDefaults(id, name, asked))
  const left =
    taken.left.length === 0
      ? []
      : [`bedrock: \`${name.asked}\` does not take ${taken.left.join(', ')}: left out`]
  return {
    name,
    info,
    family,
    where,
    settings: taken.settings,
    written: asked,
    id,
    billing: billingOf(name, info, taken.settings),
    warnings: [...modelWarnings(name, info, where.region, today), ...identityWarnings(target, env), ...left],
  }
}

/** With a prompt's own config before the provider's, key by key. @throws ConfigError */
export function setUpForPrompt(setup: Setup, config: object): Setup {
  const { id, name, info, family } = setup
  const written = { ...setup.written, ...readPromptSettings(config) }
  requireFamily(written, family, name)
  const { settings } = withoutRefused(name, withPromptfooDefaults(id, name, written))
  return { ...setup, settings, written, billing: billingOf(name, info, settings) }
}

/** @throws ConfigError */
function modelOf(written: string | undefined, id: string | undefined): string {
  if (written !== undefined) return modelMeant('bedrock', written, modelCatalog())
  const served = id === undefined || id.startsWith('file:') ? undefined : servedId(id, modelCatalog())
  if (served?.adapter === 'bedrock') return served.model
  throw new ConfigError(
    'bedrock: config.model is missing',
    ['model'],
    false,
    'name a model, or a class: `model: sonnet-class`',
  )
}

/** @throws ConfigError */
function requireFamily({ api }: Settings, family: Family | undefined, { asked }: ModelName): void {
  if (family !== undefined || (api !== 'invoke' && api !== 'invoke-stream')) return
  throw new ConfigError(
    `bedrock: \`api: ${api}\` is for Anthropic's models and Amazon's Nova, and \`${asked}\` is neither`,
    ['api'],
    false,
    'write `api: converse-stream`; behind an inference profile of your own, `inferenceModelType: claude` or `nova`',
  )
}
