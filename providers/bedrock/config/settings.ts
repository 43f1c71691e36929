import { ConfigError } from '../../../harness/model/errors.ts'
import { readConfig } from '../../shared/config.ts'
import { external } from '../../shared/external.ts'
import type { CachePoints } from './cache-points.ts'
import { cachePointsOf } from './cache-points.ts'
import type { Guardrail } from './guardrail.ts'
import { guardrailOf } from './guardrail.ts'
import type { OutputSchema } from './output-schema.ts'
import { outputSchemaOf } from './output-schema.ts'
import type { Config } from './schema.ts'
import { schema } from './schema.ts'
import { asWritten, oneOf } from './spellings.ts'
import type { Tool, ToolChoice } from './tools.ts'
import { toolChoiceOf, toolsOf } from './tools.ts'

export type Api = 'converse-stream' | 'converse' | 'invoke' | 'invoke-stream'
type Fields = Readonly<Record<string, unknown>>

/** How a model is asked: of a provider, and of a prompt that has a `config` of its own. */
export interface Settings {
  readonly api?: Api | undefined
  readonly system?: string | undefined
  readonly maxTokens?: number | undefined
  readonly temperature?: number | undefined
  readonly topP?: number | undefined
  readonly topK?: number | undefined
  readonly stopSequences?: readonly string[] | undefined
  readonly tools?: readonly Tool[] | undefined
  readonly toolChoice?: ToolChoice | undefined
  readonly outputSchema?: OutputSchema | undefined
  readonly effort?: string | undefined
  readonly cachePoints?: CachePoints | undefined
  readonly guardrail?: Guardrail | undefined
  /** Absent: the standard one. */
  readonly serviceTier?: 'flex' | 'priority' | 'reserved' | undefined
  readonly latency?: 'standard' | 'optimized' | undefined
  readonly timeoutMs?: number | undefined
  readonly showThinking?: boolean | undefined
  readonly anthropicVersion?: string | undefined
  /** What the vendor of the model takes beside what Bedrock has names for. */
  readonly additional?: Fields | undefined
  readonly responsePaths?: readonly string[] | undefined
  readonly requestMetadata?: Readonly<Record<string, string>> | undefined
}

/** Which model is asked, where, and as whom. */
export interface Target {
  readonly model?: string | undefined
  /** promptfoo's word for what an inference profile of one's own has behind it. */
  readonly inferenceModelType?: string | undefined
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
  readonly profile?: string | undefined
  readonly accessKeyId?: string | undefined
  readonly secretAccessKey?: string | undefined
  readonly sessionToken?: string | undefined
  readonly apiKey?: string | undefined
}

const TARGET_KEYS = [
  'model',
  'inferenceModelType',
  'region',
  'endpoint',
  'profile',
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'apiKey',
] as const

/** Parameters that a vendor of models takes by these very names. */
const VENDORS_OWN = [
  'thinking',
  'reasoningConfig',
  'reasoning_effort',
  'anthropic_beta',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'logit_bias',
  'num_generations',
  'return_likelihoods',
  'truncate',
  'documents',
  'preamble',
  'prompt_truncation',
  'search_queries_only',
  'raw_prompting',
  'return_prompt',
  'tool_results',
] as const

/** Keys of promptfoo's that ask for what is not done here, and what to write instead. */
const NOT_HERE: Readonly<Record<string, string>> = {
  mcp: 'promptfoo itself serves it: write `promptfoo:` before the provider id',
  functionToolCallbacks: 'promptfoo itself calls them: write `promptfoo:` before the provider id',
  cost: 'a price of your own goes into the file that `assay.prices` names',
  inputCost: 'a price of your own goes into the file that `assay.prices` names',
  outputCost: 'a price of your own goes into the file that `assay.prices` names',
}

/** @throws ConfigError for an unknown key, a wrong value, or two names of one thing that disagree */
export function readSettings(config: unknown): { settings: Settings; target: Target } {
  for (const key of Object.keys(config ?? {})) {
    if (Object.hasOwn(NOT_HERE, key))
      throw new ConfigError(`bedrock: no \`${key}\` here`, [key], true, NOT_HERE[key])
  }
  const read = readConfig<Config>(schema, config, 'bedrock')
  const { basePath } = (config ?? {}) as { basePath?: unknown }
  return {
    settings: defined(settingsOf(read, typeof basePath === 'string' ? basePath : process.cwd())),
    target: defined(Object.fromEntries(TARGET_KEYS.map((key) => [key, read[key]]))),
  }
}

/** The settings of a prompt, which may not ask another model. @throws ConfigError */
export function readPromptSettings(config: unknown): Settings {
  const { settings, target } = readSettings(config)
  const key = Object.keys(target)[0]
  if (key === undefined) return settings
  throw new ConfigError(`bedrock: \`${key}\` is the provider's to say, not a prompt's`, [key], true)
}

function settingsOf(config: Config, basePath: string): Settings {
  const load = (value: unknown, path: readonly string[]) =>
    external(value, path, { provider: 'bedrock', basePath })
  const tier = oneOf(config, 'serviceTier', (value) => (typeof value === 'string' ? value : value.type))
  return {
    api: apiOf(config),
    system: config.system,
    maxTokens: asWritten(config, 'maxTokens'),
    temperature: asWritten(config, 'temperature'),
    topP: asWritten(config, 'topP'),
    topK: asWritten(config, 'topK'),
    stopSequences: oneOf(config, 'stopSequences', (value) => [value].flat()),
    tools: oneOf(config, 'tools', (value, path) => toolsOf(load(value, path), path)),
    toolChoice: oneOf(config, 'toolChoice', toolChoiceOf),
    outputSchema: oneOf(config, 'outputSchema', (value, path) => outputSchemaOf(load(value, path), path)),
    effort: asWritten(config, 'effort'),
    cachePoints: cachePointsOf(config.cachePoint),
    guardrail: guardrailOf(config),
    serviceTier: tier === 'default' || tier === 'standard' ? undefined : tier,
    latency: asWritten(config, 'latency'),
    timeoutMs: config.timeoutMs,
    showThinking: config.showThinking,
    anthropicVersion: config.anthropic_version,
    additional: additionalOf(config),
    responsePaths: config.additionalModelResponseFieldPaths,
    requestMetadata: config.requestMetadata,
  }
}

/** @throws ConfigError where `streaming` contradicts `api` */
function apiOf(config: Config): Api | undefined {
  const streaming = asWritten(config, 'streaming')
  if (streaming === undefined) return config.api
  const api = config.api ?? (streaming ? 'converse-stream' : 'converse')
  if (api.endsWith('-stream') === streaming) return api
  throw new ConfigError(
    `bedrock: \`streaming: ${streaming}\` contradicts \`api: ${api}\``,
    ['streaming'],
    true,
  )
}

function additionalOf(config: Config): Fields | undefined {
  const own = Object.fromEntries(
    VENDORS_OWN.map((key) => [key, config[key]]).filter(([, value]) => value !== undefined),
  )
  const all = { ...config.additionalModelRequestFields, ...own }
  return Object.keys(all).length === 0 ? undefined : all
}

/** So that a key that was not given never hides one that was. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}
