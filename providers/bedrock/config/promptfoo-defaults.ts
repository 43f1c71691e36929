import type { ModelName } from '../model/model-name.ts'
import { takesSampling } from '../model/model-name.ts'
import type { Settings } from './settings.ts'

/** Families of models, and the temperature that promptfoo asks them at where a suite says none. */
const TEMPERATURES: readonly (readonly [RegExp, number])[] = [
  [/^(?:anthropic\.|amazon\.(?:nova|titan-text)|meta\.llama|mistral\.|ai21\.|deepseek\.)/, 0],
  [/^openai\./, 0.1],
  [/^qwen\./, 0.7],
]

/** Those whose replies it keeps to so many tokens. */
const LONGEST = /^(?:anthropic\.|mistral\.|amazon\.titan-text)/
const LONGEST_TOKENS = 1024

const THINKING = ['thinking', 'reasoningConfig', 'reasoning_effort'] as const

/**
 * Settings with what promptfoo asks a model for that a suite names as `bedrock:<model>` and of which it says nothing more: a suite that
 * was written for it means these. `bedrock:converse:<model>` and a file of assay's mean what they say, as promptfoo's Converse does.
 */
export function withPromptfooDefaults(id: string | undefined, name: ModelName, settings: Settings): Settings {
  if (id === undefined || !/^bedrock:(?!converse:)/.test(id)) return settings
  const { temperature, topP, maxTokens, additional = {} } = settings
  const isOpen = temperature === undefined && topP === undefined && additional['temperature'] === undefined
  const thinks = THINKING.some((key) => additional[key] !== undefined)
  const usual = TEMPERATURES.find(([family]) => family.test(name.base))?.[1]
  const isShort = maxTokens === undefined && LONGEST.test(name.base) && takesSampling(name)
  return {
    ...settings,
    ...(isOpen && !thinks && takesSampling(name) && usual !== undefined && { temperature: usual }),
    // A budget of thoughts has to fit in.
    ...(isShort && !thinks && { maxTokens: LONGEST_TOKENS }),
  }
}
