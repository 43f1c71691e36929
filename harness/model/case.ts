import type { Assertion, Check } from './assertion.ts'
import type { SourceLocation } from './source.ts'

/** promptfoo's test case after `defaultTest` and scenarios were merged in: what providers and assertions see as `test`. */
export interface TestCase {
  description?: string | undefined
  vars?: Record<string, unknown> | undefined
  assert?: Assertion[] | undefined
  options?: TestOptions | undefined
  metadata?: Record<string, unknown> | undefined
  threshold?: number | undefined
  providers?: string[] | undefined
  prompts?: string[] | undefined
  providerOutput?: unknown
  provider?: unknown
  assertScoringFunction?: unknown
  [key: string]: unknown
}

/** promptfoo's `options` of a test, as far as assay reads them. */
export interface TestOptions {
  prefix?: string | undefined
  suffix?: string | undefined
  repeat?: number | undefined
  transform?: unknown
  postprocess?: unknown
  transformVars?: unknown
  disableVarExpansion?: boolean | undefined
  disableDefaultAsserts?: boolean | undefined
  disableConversationVar?: boolean | undefined
  storeOutputAs?: string | undefined
  runSerially?: boolean | undefined
  provider?: unknown
  [key: string]: unknown
}

/** One case: a set of variables, and the checks every reply to it must stand. */
export interface Case {
  /** `metadata.id`, else sha256 of the vars, with an occurrence number for true duplicates. */
  readonly id: string
  /** Digest of the vars, and of what the files they name hold: a written id says nothing of them. */
  readonly digest?: string | undefined
  readonly description?: string | undefined
  readonly vars: Record<string, unknown>
  /** Names of the vars that came from a CSV or JSONL cell: data, never templates, never file references. */
  readonly literalVars: ReadonlySet<string>
  readonly test: TestCase
  readonly checks: readonly Check[]
  /** How often each column answers this case: at least 1. */
  readonly repeat: number
  readonly tags: readonly string[]
  readonly at: SourceLocation
}
