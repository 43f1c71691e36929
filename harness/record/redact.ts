import { HarnessError, messageOf } from '../model/errors.ts'
import { mapStrings } from './json-strings.ts'
import { literalRule, type RedactRule, SHAPE_RULES } from './redact-rules.ts'
import { secretsInEnv } from './secrets.ts'

/**
 * Takes secrets out of JSON text (a journal line, a file of the run folder), which stays valid JSON: only the
 * contents of strings change, never a number. Each secret becomes `[redacted:name]`.
 */
export interface Redactor {
  (json: string): string
  /** The same for text that is not JSON: a page, a summary, a message. */
  text(plain: string): string
}

export interface RedactOptions {
  /** Values whose names say that they are secrets are taken from it (see `secretsInEnv`). */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Values known to be secret, by the name shown in their place (see `secretsInConfig`). */
  readonly secrets?: Readonly<Record<string, string>> | undefined
  /** The suite's `assay.redact`: regular expressions for the contents of strings. Object keys and hashes are left alone. */
  readonly patterns?: readonly string[] | undefined
}

/** Makes a redactor. Throws a `HarnessError` (`suite`) on a pattern that cannot be used. */
export function makeRedactor(options: RedactOptions): Redactor {
  const literals = Object.entries({ ...secretsInEnv(options.env ?? {}), ...options.secrets })
    // Longest first: a secret may begin with another.
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, value]) => literalRule(safeName(name), value))
  const known = [...literals, ...SHAPE_RULES]
  const custom = (options.patterns ?? []).map(customRule)

  // One scan that tells whether anything has to be looked at: nearly always it has not.
  const suspicious = new RegExp(known.map((rule) => rule.probe).join('|'))
  const clean = (text: string, isKey = false): string => {
    const cleaned = suspicious.test(text) ? applyRules(text, known, isKey) : text
    return isDigest(cleaned) ? cleaned : applyRules(cleaned, custom, isKey)
  }
  const redact = (json: string): string =>
    custom.length === 0 && !suspicious.test(json) ? json : mapStrings(json, clean)
  return Object.assign(redact, { text: (plain: string) => clean(plain) })
}

function applyRules(text: string, rules: readonly RedactRule[], isKey: boolean): string {
  let result = text
  for (const { name, pattern, inKeys } of rules) {
    if (isKey && !inKeys) continue
    result = result.replace(pattern, (...match) => {
      const groups: unknown = match.at(-1)
      const kept = typeof groups === 'object' && groups !== null && 'kept' in groups ? groups.kept : ''
      return `${String(kept)}[redacted:${name}]`
    })
  }
  return result
}

function customRule(source: string, index: number): RedactRule {
  const name = `assay.redact[${index}]`
  const pattern = compile(name, source)
  if (''.search(pattern) === 0) {
    throw new HarnessError('suite', `${name} ${JSON.stringify(source)} matches the empty text`, {
      hint: 'Write a regular expression that matches what is to be hidden, and nothing else.',
    })
  }
  return { name: `pattern-${index + 1}`, pattern, probe: source, inKeys: false }
}

function compile(name: string, source: string): RegExp {
  try {
    return new RegExp(source, 'g')
  } catch (error) {
    throw new HarnessError('suite', `${name} is not a regular expression: ${messageOf(error)}`, {
      cause: error,
    })
  }
}

/** A cell id or another hash: records are joined by it, so a broad pattern such as `\d{8,}` must not touch it. */
function isDigest(text: string): boolean {
  return (text.length === 32 || text.length === 64) && /^[0-9a-f]+$/.test(text)
}

/** What may stand in JSON, HTML and Markdown without being escaped. */
function safeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.-]/g, '-')
}
