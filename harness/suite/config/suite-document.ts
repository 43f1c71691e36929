import type { TestCase } from '../../model/case.ts'
import type { AssaySettings } from '../../model/suite.ts'

/** A prompt as written: text, a file or glob, or a map. */
export type PromptEntry = string | PromptOptions

export interface PromptOptions {
  raw?: string
  label?: string
  id?: string
  config?: Record<string, unknown>
  template?: string
  display?: string
}

export interface ProviderOptions {
  id?: string
  label?: string
  config?: Record<string, unknown>
  env?: Record<string, string | number | boolean>
  prompts?: string[]
  delay?: number
  transform?: unknown
  inputs?: unknown
}

/** An id or `file://`, options with an `id`, or `{<id>: options}`. */
export type ProviderEntry = string | ProviderOptions | Record<string, ProviderOptions>

/** A function that makes tests: `path: file://x.ts:fn`. */
export interface TestGenerator {
  path: string
  config?: unknown
}

/** A file or glob, a generator, or a test. */
export type TestEntry = string | TestCase | TestGenerator

export type TestsEntry = string | TestGenerator | TestEntry[]

export interface Scenario {
  description?: string
  config: TestCase[]
  tests?: TestsEntry
}

/** A suite file after `$ref` and `{{env.X}}`, with `targets` renamed to `providers`. Keys without a value are absent. */
export interface SuiteDocument {
  description?: string
  tags?: Record<string, string | number | boolean>
  prompts?: string | PromptEntry[] | Record<string, string>
  providers: string | ProviderEntry[]
  tests?: TestsEntry
  scenarios?: string | (string | Scenario)[]
  defaultTest?: string | TestCase
  derivedMetrics?: { name: string; value: string }[]
  nunjucksFilters?: Record<string, string>
  env?: Record<string, string | number | boolean>
  evaluateOptions?: RunOptions & { timeoutMs?: number; maxEvalTimeMs?: number }
  commandLineOptions?: RunOptions & Record<string, unknown>
  extensions?: string[]
  metadata?: Record<string, unknown>
  outputPath?: string | string[]
  tracing?: Record<string, unknown>
  assay?: AssaySettings
}

/** What `evaluateOptions` and `commandLineOptions` have in common and a run heeds. `delay` in milliseconds. */
export interface RunOptions {
  maxConcurrency?: number
  repeat?: number
  delay?: number
}
