import type { RedactOptions, Redactor } from './redact.ts'
import { makeRedactor } from './redact.ts'
import { noteSecret } from './secrets.ts'

/** Has secrets and patterns left out of whatever the process prints from now on. */
export type Conceal = (known: RedactOptions) => void

/**
 * What a process knows to be secret, for what it prints. More comes to it as env files and suites are read; of several suites it
 * knows all. What is recorded goes by the one suite that it is of.
 */
export class KnownSecrets {
  readonly #secrets: Record<string, string> = {}
  readonly #patterns = new Set<string>()
  #env: NonNullable<RedactOptions['env']> = {}
  #redactor: Redactor | undefined

  /** @throws HarnessError `suite` on a pattern that cannot be used */
  readonly add: Conceal = (known) => {
    // Told before it is taken over: one that cannot be used must not break every line that is printed after.
    makeRedactor({ patterns: known.patterns })
    this.#env = { ...this.#env, ...known.env }
    for (const [name, value] of Object.entries(known.secrets ?? {})) noteSecret(this.#secrets, name, value)
    for (const pattern of known.patterns ?? []) this.#patterns.add(pattern)
    this.#redactor = undefined
  }

  /** Of JSON, be it one value or a line each, only what its strings say is changed; of other text, whatever is secret. */
  readonly redact = (text: string): string => {
    this.#redactor ??= makeRedactor({
      env: this.#env,
      secrets: this.#secrets,
      patterns: [...this.#patterns],
    })
    const clean = this.#redactor.text(text)
    const isSuspicious = clean !== text || this.#patterns.size > 0
    return isSuspicious && isJson(text) ? this.#redactor(text) : clean
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  return isValue(text) || text.trimEnd().split('\n').every(isValue)
}

function isValue(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
