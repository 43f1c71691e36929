import type { SourceLocation } from './source.ts'
import { formatLocation } from './source.ts'

/**
 * What kind of mistake a `HarnessError` reports; each kind has one exit code.
 * - `usage`: the command line, a missing file, a run folder that cannot be made (2)
 * - `suite`: the suite, its prompts, tests, providers or assertions (2)
 * - `empty`: nothing to run: zero cases, or a filter that matches nothing (3)
 * - `incomplete`: the run could not be finished (3)
 */
export type ErrorCode = 'usage' | 'suite' | 'empty' | 'incomplete'

const EXIT_CODES: Record<ErrorCode, 2 | 3> = { usage: 2, suite: 2, empty: 3, incomplete: 3 }

interface HarnessErrorDetails {
  readonly at?: SourceLocation | undefined
  /** What the user should do next: one sentence. */
  readonly hint?: string | undefined
  /** The lines around `at`, with the place marked. */
  readonly frame?: string | undefined
  readonly cause?: unknown
  /** Further mistakes found in the same look, in the order they stand in the file. */
  readonly others?: readonly HarnessError[] | undefined
}

/** A mistake the user can put right. Anything else thrown is a defect of ours. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
  readonly code: ErrorCode
  readonly at: SourceLocation | undefined
  readonly hint: string | undefined
  readonly frame: string | undefined
  readonly others: readonly HarnessError[]

  constructor(code: ErrorCode, message: string, details: HarnessErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.at = details.at
    this.hint = details.hint
    this.frame = details.frame
    this.others = details.others ?? []
  }

  get exitCode(): 2 | 3 {
    return EXIT_CODES[this.code]
  }

  /** The whole report of the mistake, as a person reads it: place, message, code frame, hint; then the others. */
  format(): string {
    const place = this.at === undefined ? '' : `${formatLocation(this.at)}: `
    return [
      `error: ${place}${this.message}`,
      this.frame,
      this.hint && `hint: ${this.hint}`,
      ...this.others.map((other) => other.format()),
    ]
      .filter((part) => part !== undefined && part !== '')
      .join('\n')
  }
}

/**
 * A mistake in the `config` of a provider, which does not know where in the suite that stands: whoever constructed it does.
 * `path` leads to the mistake, from `config` on.
 */
export class ConfigError extends HarnessError {
  readonly path: readonly (string | number)[]
  /** True where the mistake is the key at the end of `path`, false where it is its value. */
  readonly isKey: boolean

  constructor(message: string, path: readonly (string | number)[], isKey: boolean, hint?: string) {
    super('suite', message, { hint })
    this.path = path
    this.isKey = isKey
  }
}

/** The message of anything that was thrown, be it an Error or not. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
