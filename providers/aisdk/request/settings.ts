import type { z } from 'zod'
import type { OWN_KEYS_SCHEMA } from '../config/own-keys.ts'
import type { Config } from '../config/spellings.ts'
import type { CallOptions, ProviderOptions } from '../language-model.ts'
import type { Vendor } from '../vendor.ts'
import type { Body } from './body.ts'
import type { CachePoints } from './cache-points.ts'
import { outputFormatOf } from './output-format.ts'
import { toolChoiceBody } from './tool-choice.ts'
import { readTools } from './tools.ts'

/** Names of what the AI SDK is told, as its warnings have them. */
type Feature = keyof CallOptions

/** What a config comes to. */
export interface Settings {
  readonly stream: boolean
  readonly timeoutMs?: number | undefined
  readonly system?: string | undefined
  /** True where what the model thought stands before what it said. */
  readonly showsThinking: boolean
  /** True where the reply is a JSON value, not the text of one. */
  readonly isParsed: boolean
  /** True where the AI SDK may have asked for JSON by a tool of its own, and only it knows the reply from the call. */
  readonly bySdkFormat: boolean
  /** True where something of the prompt is to be kept in the model's cache. */
  readonly caches: boolean
  /** Those that stand after parts of the prompt. */
  readonly cachePoints?: CachePoints | undefined
  /** For the AI SDK, which puts it into the vendor's words and drops, with a warning, what the model does not take. */
  readonly options: Partial<CallOptions>
  /** What was written in the vendor's own words: it goes onto the wire as it stands. */
  readonly body: Body
  readonly headers: Readonly<Record<string, string>>
  /** Defaults of promptfoo's that nobody wrote: a model that does not take them is nobody's mistake. */
  readonly defaulted: ReadonlySet<Feature>
  readonly warnings: readonly string[]
}

/** What every vendor's config may say, by the names there are for it. */
type Said = z.infer<typeof OWN_KEYS_SCHEMA> & {
  readonly maxOutputTokens?: number | undefined
  readonly top_p?: number | undefined
  readonly top_k?: number | undefined
  readonly stop_sequences?: string[] | undefined
  readonly stop?: string[] | undefined
  readonly presence_penalty?: number | undefined
  readonly frequency_penalty?: number | undefined
  readonly tool_choice?: unknown
  readonly reasoning?: unknown
}

/** Settings as far as they are written in our words, or in words that mean the same. */
export function commonSettings(config: Said, vendor: Vendor): Settings {
  const { functions, native } = readTools(config.tools, vendor)
  const output = outputFormatOf(config, vendor)
  const { reasoning } = config
  return {
    stream: config.stream !== false,
    timeoutMs: config.timeoutMs,
    system: config.system,
    showsThinking: config.showThinking !== false,
    isParsed: output?.isParsed === true,
    bySdkFormat: output?.isParsed === true,
    caches: false,
    options: defined({
      maxOutputTokens: config.maxTokens ?? config.maxOutputTokens,
      temperature: config.temperature,
      topP: config.topP ?? config.top_p,
      topK: config.topK ?? config.top_k,
      stopSequences: config.stopSequences ?? config.stop_sequences ?? config.stop,
      seed: config.seed,
      presencePenalty: config.presencePenalty ?? config.presence_penalty,
      frequencyPenalty: config.frequencyPenalty ?? config.frequency_penalty,
      reasoning: typeof reasoning === 'string' ? (reasoning as CallOptions['reasoning']) : undefined,
      responseFormat: output?.format,
      tools: functions.length === 0 ? undefined : [...functions],
    }),
    body: {
      ...(native.length > 0 && { tools: native }),
      ...toolChoiceBody(config.toolChoice ?? config.tool_choice, vendor),
    },
    headers: inLowerCase(config.headers ?? {}),
    defaulted: new Set(),
    warnings: [],
  }
}

/** The AI SDK, and whoever adds to them, look for them so. */
function inLowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** What the AI SDK's provider is told in its own words, whether its name stands around it or not. */
export function providerOptionsOf(
  config: Config,
  vendor: string,
  more: Body = {},
): ProviderOptions | undefined {
  const written = (config['providerOptions'] ?? {}) as Body
  const own = vendor in written ? (written[vendor] as Body) : written
  const all = { ...more, ...own }
  return Object.keys(all).length === 0 ? undefined : ({ [vendor]: all } as ProviderOptions)
}

export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** A number in the environment; undefined where there is none. */
export function numberIn(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
): number | undefined {
  const value = Number.parseFloat(env[variable] ?? '')
  return Number.isNaN(value) ? undefined : value
}
