import { validateHeaderName, validateHeaderValue } from 'node:http'
import { ConfigError, messageOf } from '../../../harness/model/errors.ts'
import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import type { Engine, Template, Values } from '../template/engine.ts'
import { compileValue } from '../template/value.ts'
import { asText } from './url.ts'

export interface HeadersTemplate {
  readonly templates: readonly Template[]
  /** Names in lower case. @throws {CallError} `invalid` for a value no header can have */
  render(values: Values): Record<string, string>
}

const OURS: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding'])

/** @throws {ConfigError} for a name no header can have, or one that is not the suite's to set */
export function compileHeaders({ headers }: HttpConfig, engine: Engine): HeadersTemplate {
  const compiled = Object.entries(headers).map(([written, value]) => {
    const at = ['headers', written]
    const name = written.toLowerCase()
    checkHeaderName(written, at)
    if (OURS.has(name))
      throw new ConfigError(`http: \`${written}\` is counted, not set`, at, true, 'leave it out')
    return [name, compileValue(value, at, engine)] as const
  })
  return {
    templates: compiled.flatMap(([, { templates }]) => templates),
    render: (values) => {
      const rendered: Record<string, string> = {}
      for (const [name, template] of compiled) {
        const value = template.render(values)
        if (value !== undefined && value !== null) rendered[name] = headerValue(name, asText(value))
      }
      return rendered
    },
  }
}

/** @throws {ConfigError} */
export function checkHeaderName(name: string, at: readonly string[]): void {
  try {
    validateHeaderName(name)
  } catch (error) {
    throw new ConfigError(`http: config.${at.join('.')}: ${messageOf(error)}`, at, true)
  }
}

/** Blanks around it are none of the value, be it the end of the line of a file that a secret was read from. */
export function headerValue(name: string, text: string): string {
  const value = text.trim()
  try {
    validateHeaderValue(name, value)
  } catch {
    // Node's message would show the value, which may be a secret.
    throw new CallError('invalid', `the header \`${name}\` was given a character that no header can carry`)
  }
  return value
}
