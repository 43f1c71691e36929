import { ConfigError } from '../../../harness/model/errors.ts'
import type { Settings } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What promptfoo reads from the environment where a config does not say it. @throws ConfigError for a value that is none */
export function settingsInEnvironment(env: Environment): Settings {
  const maxTokens = numberIn(env, 'AWS_BEDROCK_MAX_TOKENS')
  const temperature = numberIn(env, 'AWS_BEDROCK_TEMPERATURE')
  const topP = numberIn(env, 'AWS_BEDROCK_TOP_P')
  const stopSequences = listIn(env, 'AWS_BEDROCK_STOP')
  return {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stopSequences !== undefined && { stopSequences }),
  }
}

function numberIn(env: Environment, name: string): number | undefined {
  const value = env[name]
  if (value === undefined || value.trim() === '') return undefined
  const number = Number(value)
  if (Number.isFinite(number)) return number
  throw new ConfigError(`bedrock: ${name} is \`${value}\`, which is no number`, [], false)
}

function listIn(env: Environment, name: string): string[] | undefined {
  const value = env[name]
  if (value === undefined || value.trim() === '') return undefined
  const list = parsed(value)
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list
  throw new ConfigError(`bedrock: ${name} is \`${value}\`; expected a JSON list of texts`, [], false)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
