import { ConfigError } from '../../../harness/model/errors.ts'
import type { OllamaConfig, OpenAIConfig } from '../config/read.ts'
import type { Config } from '../config/spellings.ts'
import type { CallOptions } from '../language-model.ts'
import type { Body } from './body.ts'
import { isPlain } from './body.ts'
import type { Settings } from './settings.ts'
import { commonSettings, defined, numberIn, providerOptionsOf } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** promptfoo's own, where neither the suite nor the environment says another. */
const DEFAULT_MAX_TOKENS = 1024
const DEFAULT_TEMPERATURE = 0

/** Models that think before they answer take neither `temperature` nor `max_tokens`. promptfoo's rule, carried on to GPT-6. */
const REASONING_MODEL = /(?:^|\/)(?:ft:)?(?:o[134]|gpt-[5-9])(?:[.-]|$)/

/** The AI SDK does not know the model that one was tuned from. */
const FINE_TUNED = /(?:^|\/)ft:/

/** Keys of promptfoo's that are OpenAI's own words. */
const VERBATIM = [
  'functions',
  'function_call',
  'response_format',
  'max_completion_tokens',
  'top_logprobs',
  'verbosity',
  'service_tier',
  'user',
  'metadata',
  'store',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
] as const

/** Fields that a `passthrough` may not say otherwise: the reply is read, and priced, by what they are here. */
const OURS = ['model', 'messages', 'stream', 'stream_options', 'n']

/** Of `openai:…`: as promptfoo asks, its defaults included. */
export function openaiSettings(config: OpenAIConfig, model: string, env: Environment): Settings {
  const settings = chatCompletionsSettings(config, 'openai')
  const reasons = REASONING_MODEL.test(model)
  const { defaults, defaulted } = defaultsOf(config, reasons, env)
  const effort = config.reasoning_effort
  const forceReasoning = reasons && FINE_TUNED.test(model) ? true : undefined
  const ignored = reasons && config.max_tokens !== undefined
  return {
    ...settings,
    options: {
      ...settings.options,
      ...(config.max_tokens !== undefined && !reasons && { maxOutputTokens: config.max_tokens }),
      ...defaults,
      ...defined({
        providerOptions: providerOptionsOf(
          config,
          'openai',
          defined({ reasoningEffort: effort, forceReasoning }),
        ),
      }),
    },
    body: {
      ...(reasons &&
        config.maxTokens === undefined &&
        defined({ max_completion_tokens: numberIn(env, 'OPENAI_MAX_COMPLETION_TOKENS') })),
      ...settings.body,
    },
    defaulted,
    warnings: ignored
      ? [
          `\`max_tokens\` is not sent to ${model}, which takes \`max_completion_tokens\`: write that, or \`maxTokens\``,
        ]
      : [],
  }
}

/** Of any other server: nothing is asked for that nobody wrote. */
export function compatibleSettings(config: OpenAIConfig): Settings {
  const settings = chatCompletionsSettings(config, 'openai-compatible')
  const effort = config.reasoning_effort
  return {
    ...settings,
    options: {
      ...settings.options,
      ...(config.max_tokens !== undefined && { maxOutputTokens: config.max_tokens }),
      ...defined({
        providerOptions: providerOptionsOf(config, 'openaiCompatible', defined({ reasoningEffort: effort })),
      }),
    },
  }
}

export function ollamaSettings(config: OllamaConfig): Settings {
  const { think, format, num_predict: tokens, passthrough } = config
  const settings = commonSettings(config, 'ollama')
  // Ollama's -1 and -2 are "as many as it takes": its own default.
  const limit = tokens !== undefined && tokens > 0 ? tokens : undefined
  const effort = think === false ? 'none' : think
  return {
    ...settings,
    options: {
      ...settings.options,
      ...(limit !== undefined && { maxOutputTokens: limit }),
      ...defined({
        providerOptions: providerOptionsOf(config, 'openaiCompatible', defined({ reasoningEffort: effort })),
      }),
    },
    body: {
      ...settings.body,
      ...(format !== undefined && { response_format: responseFormatOf(format) }),
      ...passed(passthrough, 'ollama', [...OURS, 'options']),
    },
  }
}

function chatCompletionsSettings(config: OpenAIConfig, vendor: 'openai' | 'openai-compatible'): Settings {
  const settings = commonSettings(config, vendor)
  const { logprobs, reasoning, response_format: format } = config
  const verbatim = defined(Object.fromEntries(VERBATIM.map((key) => [key, config[key]])))
  return {
    ...settings,
    isParsed: settings.isParsed || (isPlain(format) && format['type'] === 'json_schema'),
    body: {
      ...settings.body,
      ...verbatim,
      ...(isPlain(reasoning) && { reasoning }),
      ...(logprobs !== undefined && logprobs !== false && { logprobs: true }),
      ...(typeof logprobs === 'number' && { top_logprobs: logprobs }),
      ...passed(config.passthrough, vendor, OURS),
    },
  }
}

/** What promptfoo asks for where nothing is written: reasoning models take none of it. */
function defaultsOf(
  config: OpenAIConfig,
  reasons: boolean,
  env: Environment,
): { defaults: Partial<CallOptions>; defaulted: Settings['defaulted'] } {
  const { omitDefaults, passthrough = {} } = config
  const isSaid = (...names: string[]): boolean =>
    names.some((name) => (config as Config)[name] !== undefined || name in passthrough)
  const found: Partial<CallOptions> = {}
  const offer = (
    key: 'maxOutputTokens' | 'temperature' | 'topP' | 'presencePenalty' | 'frequencyPenalty',
    value?: number,
  ) => {
    if (value !== undefined) found[key] = value
  }
  if (!reasons && !isSaid('maxTokens', 'max_tokens', 'max_completion_tokens'))
    offer(
      'maxOutputTokens',
      numberIn(env, 'OPENAI_MAX_TOKENS') ?? (omitDefaults ? undefined : DEFAULT_MAX_TOKENS),
    )
  if (!reasons && !isSaid('temperature'))
    offer(
      'temperature',
      numberIn(env, 'OPENAI_TEMPERATURE') ?? (omitDefaults ? undefined : DEFAULT_TEMPERATURE),
    )
  if (!isSaid('topP', 'top_p')) offer('topP', numberIn(env, 'OPENAI_TOP_P'))
  if (!isSaid('presencePenalty', 'presence_penalty'))
    offer('presencePenalty', numberIn(env, 'OPENAI_PRESENCE_PENALTY'))
  if (!isSaid('frequencyPenalty', 'frequency_penalty'))
    offer('frequencyPenalty', numberIn(env, 'OPENAI_FREQUENCY_PENALTY'))
  return { defaults: found, defaulted: new Set(Object.keys(found) as (keyof CallOptions)[]) }
}

function responseFormatOf(format: NonNullable<OllamaConfig['format']>): Body {
  if (format === 'json') return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: 'response', schema: format } }
}

/** @throws ConfigError */
export function passed(
  written: Body | undefined,
  vendor: string,
  ours: readonly string[],
  key = 'passthrough',
): Body {
  const taken = Object.keys(written ?? {}).find((field) => ours.includes(field))
  if (taken === undefined) return written ?? {}
  const path = [key, taken]
  throw new ConfigError(`${vendor}: \`${path.join('.')}\` cannot be said otherwise there`, path, true)
}
