import { ConfigError } from '../../../harness/model/errors.ts'
import type { Config } from './schema.ts'
import { asWritten, oneOf } from './spellings.ts'

export interface Guardrail {
  readonly id: string
  readonly version: string
  readonly trace?: 'enabled' | 'disabled' | 'enabled_full' | undefined
  /** Of a stream: whether text is held back until it was looked at (`sync`). */
  readonly streamMode?: 'sync' | 'async' | undefined
}

/** `guardrail: id` and `guardrail: id:version` are short for the object. @throws ConfigError */
export function guardrailOf(config: Config): Guardrail | undefined {
  const [, shortId, shortVersion] =
    typeof config.guardrail === 'string' ? (/^(.*?)(?::(\d+|DRAFT))?$/.exec(config.guardrail) ?? []) : []
  const whole: Config =
    shortId === undefined ? config : { ...config, guardrail: { id: shortId, version: shortVersion } }
  const id = asWritten(whole, 'guardrailIdentifier')
  const version = asWritten(whole, 'guardrailVersion')
  const trace = oneOf(whole, 'trace', traceOf)
  const streamMode = asWritten(whole, 'streamMode')
  if (id === undefined) {
    if (version === undefined) return undefined
    throw new ConfigError(
      'bedrock: `guardrailVersion` without a guardrail',
      ['guardrailVersion'],
      true,
      'name one: `guardrailIdentifier`',
    )
  }
  return {
    id,
    version: version ?? 'DRAFT',
    ...(trace !== undefined && { trace }),
    ...(streamMode !== undefined && { streamMode }),
  }
}

function traceOf(value: boolean | NonNullable<Guardrail['trace']>): NonNullable<Guardrail['trace']> {
  return typeof value === 'string' ? value : value ? 'enabled' : 'disabled'
}
