import { isDeepStrictEqual } from 'node:util'
import { ConfigError } from '../../../harness/model/errors.ts'
import type { Config } from './schema.ts'

/** Where one and the same thing may be written: a key, or a key within an object of the vendor's. */
type Spelling = keyof Config | `${keyof Config}.${string}`

/** Objects in which the vendors, and promptfoo after them, keep the parameters of sampling. */
const GROUPS = ['inferenceConfig', 'interfaceConfig', 'textGenerationConfig'] as const

function everywhere(keys: readonly (keyof Config)[], within: readonly string[]): Spelling[] {
  return [...keys, ...GROUPS.flatMap((group) => within.map((key): Spelling => `${group}.${key}`))]
}

/** What is written there, once the schema has let it through. */
interface Written {
  readonly maxTokens: number
  readonly temperature: number
  readonly topP: number
  readonly topK: number
  readonly stopSequences: string | readonly string[]
  readonly streaming: boolean
  readonly tools: unknown
  readonly toolChoice: unknown
  readonly outputSchema: unknown
  readonly effort: string
  readonly guardrailIdentifier: string
  readonly guardrailVersion: string
  readonly trace: boolean | 'enabled' | 'disabled' | 'enabled_full'
  readonly streamMode: 'sync' | 'async'
  readonly serviceTier: Tier | { readonly type: Tier }
  readonly latency: 'standard' | 'optimized'
}

type Tier = 'default' | 'standard' | 'flex' | 'priority' | 'reserved'

const SPELLINGS: Readonly<Record<keyof Written, readonly Spelling[]>> = {
  maxTokens: everywhere(
    [
      'maxTokens',
      'max_tokens',
      'max_new_tokens',
      'max_gen_len',
      'max_completion_tokens',
      'max_tokens_to_sample',
    ],
    ['maxTokens', 'max_tokens', 'max_new_tokens', 'maxTokenCount'],
  ),
  temperature: everywhere(['temperature'], ['temperature']),
  topP: everywhere(['topP', 'top_p', 'p'], ['topP', 'top_p']),
  topK: everywhere(['topK', 'top_k', 'k'], ['topK', 'top_k']),
  stopSequences: everywhere(['stopSequences', 'stop_sequences', 'stop'], ['stopSequences', 'stop_sequences']),
  streaming: ['streaming', 'stream'],
  tools: ['tools', 'toolConfig.tools'],
  toolChoice: ['toolChoice', 'tool_choice', 'toolConfig.toolChoice'],
  outputSchema: ['outputSchema', 'responseFormat', 'response_format', 'outputConfig.textFormat'],
  effort: ['effort', 'outputConfig.effort'],
  guardrailIdentifier: ['guardrailIdentifier', 'guardrailConfig.guardrailIdentifier', 'guardrail.id'],
  guardrailVersion: ['guardrailVersion', 'guardrailConfig.guardrailVersion', 'guardrail.version'],
  trace: ['trace', 'guardrailConfig.trace', 'guardrail.trace'],
  streamMode: ['guardrailConfig.streamProcessingMode', 'guardrail.streamMode'],
  serviceTier: ['serviceTier', 'service_tier'],
  latency: ['latency', 'performanceConfig.latency'],
}

/**
 * The value of a setting by whichever of its names it was given, read by `read`; undefined where it was not given.
 * @throws ConfigError where two of its names say different things
 */
export function oneOf<K extends keyof Written, T>(
  config: Config,
  setting: K,
  read: (value: Written[K], path: readonly string[]) => T,
): T | undefined {
  let found: { path: readonly string[]; value: T } | undefined
  for (const spelling of SPELLINGS[setting]) {
    const path = spelling.split('.')
    const written = valueAt(config, path)
    if (written === undefined) continue
    const value = read(written as Written[K], path)
    if (found !== undefined && !isDeepStrictEqual(found.value, value)) {
      const names = `\`${found.path.join('.')}\` and \`${spelling}\``
      throw new ConfigError(
        `bedrock: ${names} are two names of one thing, and say different things`,
        path,
        true,
      )
    }
    found ??= { path, value }
  }
  return found?.value
}

/** The same, of a setting that is what was written. */
export function asWritten<K extends keyof Written>(config: Config, setting: K): Written[K] | undefined {
  return oneOf(config, setting, (value) => value)
}

function valueAt(config: Config, path: readonly string[]): unknown {
  let value: unknown = config
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  }
  return value
}
