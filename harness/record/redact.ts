import { HarnessError, messageOf } from '../model/errors.ts'
import type { LiteralRule } from './literal-rule.ts'
import { literalRule } from './literal-rule.ts'
import type { RedactRule } from './redact-rules.ts'
import type { Redactor } from './redactor.ts'
import { redactorOf } from './redactor.ts'
import { secretsInEnv } from './secrets.ts'

export type { Redactor } from './redactor.ts'

export interface RedactOptions {
  /** Values whose names say that they are secrets are taken from it (see `secretsInEnv`). */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Values known to be secret, by the name shown in their place (see `secretsInConfig`). */
  readonly secrets?: Readonly<Record<string, string>> | undefined
  /** The suite's `assay.redact`: regular expressions for the contents of strings. Object keys and hashes are left alone. */
  readonly patterns?: readonly string[] | undefined
}

/** Makes a redactor. Throws a `HarnessError` (`suite`) on a pattern that cannot be used. */
export function makeRedactor({ env = {}, secrets = {}, patterns = [] }: RedactOptions): Redactor {
  return redactorOf({
    builtIn: true,
    literals: literalRules([...Object.entries(secretsInEnv(env)), ...Object.entries(secrets)]),
    patterns: patterns.map((source, index) =>
      patternRule(source, `assay.redact[${index}] ${JSON.stringify(source)}`),
    ),
  })
}

/** Known values with their names, longest first: one may begin with another. One with two names goes by the first. */
export function literalRules(secrets: readonly (readonly [name: string, value: string])[]): LiteralRule[] {
  const names = new Map<string, string>()
  for (const [name, value] of secrets) if (!names.has(value)) names.set(value, name)
  return [...names]
    .sort(([a], [b]) => b.length - a.length)
    .map(([value, name]) => literalRule(safeName(name), value))
}

/**
 * A rule for a pattern of the user's. It is named after what it says and not after its place, so that another pattern before it
 * changes no record.
 * @param label what the pattern is called in errors
 * @throws HarnessError `suite` for one that cannot be used
 */
export function patternRule(source: string, label: string, { inKeys = false } = {}): RedactRule {
  const pattern = compile(label, source)
  if (''.search(pattern) === 0) {
    throw new HarnessError('suite', `${label} matches the empty text`, {
      hint: 'Write a regular expression that matches what is to be hidden, and nothing else.',
    })
  }
  return { name: `pattern-${shortHash(source)}`, pattern, inKeys }
}

function compile(label: string, source: string): RegExp {
  try {
    // As a suite's patterns are validated.
    return new RegExp(source, 'gu')
  } catch (error) {
    // The reason without the pattern, which may be the secret itself.
    const [reason = ''] = messageOf(error).split(': ').slice(-1)
    throw new HarnessError('suite', `${label} is not a regular expression: ${reason}`, {
      hint: 'Characters such as `(` and `.` stand for themselves after a backslash.',
      cause: error,
    })
  }
}

/** Four hex digits (FNV-1a, folded): enough to tell a few patterns apart, and ready without loading `node:crypto`. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return ((hash ^ (hash >>> 16)) & 0xffff).toString(16).padStart(4, '0')
}

/** What may stand in JSON, HTML and Markdown without being escaped. */
function safeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.-]/g, '-')
}
