import type { SourceLocation } from './source.ts'

/** An assertion as promptfoo reads it. An `assert-set` holds others under `assert`, one level deep. */
export interface Assertion {
  readonly type: string
  readonly value?: unknown
  readonly config?: Record<string, unknown> | undefined
  readonly threshold?: number | undefined
  readonly weight?: number | undefined
  readonly metric?: string | undefined
  readonly provider?: unknown
  readonly rubricPrompt?: unknown
  readonly transform?: unknown
  readonly contextTransform?: unknown
  readonly assert?: readonly Assertion[] | undefined
  readonly [key: string]: unknown
}

/** An assertion with what promptfoo's format does not hold. */
export interface Check {
  readonly assertion: Assertion
  readonly at: SourceLocation
  /** True when the value came from a dataset cell: data, never a template. */
  readonly literal: boolean
}
