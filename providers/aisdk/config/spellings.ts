import { isDeepStrictEqual } from 'node:util'
import { ConfigError } from '../../../harness/model/errors.ts'

export type Config = Readonly<Record<string, unknown>>

/** One thing by the names that we, and the vendors, have for it. No vendor's config has all of them. */
const SPELLINGS = {
  maxTokens: ['maxTokens', 'max_tokens', 'maxOutputTokens', 'num_predict', 'max_completion_tokens'],
  topP: ['topP', 'top_p'],
  topK: ['topK', 'top_k'],
  stopSequences: ['stopSequences', 'stop_sequences', 'stop'],
  presencePenalty: ['presencePenalty', 'presence_penalty'],
  frequencyPenalty: ['frequencyPenalty', 'frequency_penalty'],
  toolChoice: ['toolChoice', 'tool_choice', 'toolConfig', 'tool_config'],
  system: ['system', 'systemInstruction'],
  outputSchema: [
    'outputSchema',
    'responseFormat',
    'response_format',
    'responseSchema',
    'output_format',
    'format',
  ],
  reasoning: ['reasoning', 'reasoning_effort', 'thinking', 'think'],
  cachePoint: ['cachePoint', 'cache_control'],
  baseUrl: ['baseUrl', 'apiBaseUrl', 'apiHost'],
} as const

/** Names of which a vendor's request holds several at a time. */
const TOGETHER: readonly ReadonlySet<string>[] = [
  new Set(['max_tokens', 'max_completion_tokens']),
  new Set(['tool_choice', 'toolConfig', 'tool_config']),
  new Set(['reasoning', 'reasoning_effort']),
]

/** Every setting that may be written in several ways is written in one. @throws ConfigError */
export function refuseContradictions(config: Config, vendor: string): void {
  for (const names of Object.values(SPELLINGS)) {
    const [first, ...others] = names.filter((name) => config[name] !== undefined)
    for (const other of others) {
      if (TOGETHER.some((set) => set.has(String(first)) && set.has(other))) continue
      if (isDeepStrictEqual(config[String(first)], config[other])) continue
      throw new ConfigError(
        `${vendor}: \`${first}\` and \`${other}\` are two names of one thing, and say different things`,
        [other],
        true,
      )
    }
  }
}

/** A config with another's keys before its own, whichever way each is spelled. */
export function overlaid(config: Config, over: Config): Config {
  const replaced = Object.values(SPELLINGS)
    .filter((names) => names.some((name) => over[name] !== undefined))
    .flat()
  const kept = Object.entries(config).filter(([key]) => !(replaced as string[]).includes(key))
  return { ...Object.fromEntries(kept), ...over }
}
