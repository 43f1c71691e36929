import type { Builtin } from './builtin.ts'
import type { Case, TestCase } from './case.ts'
import type { PriceOverlay } from './price-overlay.ts'
import type { Prompt } from './prompt.ts'
import type { SourceLocation } from './source.ts'

/** A provider as the suite names it, before it is loaded. */
export interface ProviderSpec {
  /** Half of a column's key: the label, else the id as written. */
  readonly key: string
  /** As written: `file://…`, a class of models, or a promptfoo id. */
  readonly id: string
  /** Who makes it: code of the user's, one of assay's providers, or promptfoo, whose own retry and queue inside a call. */
  readonly kind: 'file' | 'builtin' | 'promptfoo'
  /** Absolute path, when the id is a `file://`. */
  readonly path?: string | undefined
  readonly label?: string | undefined
  /** With `{{env.X}}` resolved: what the provider is constructed with. Never recorded or hashed. */
  readonly config?: Record<string, unknown> | undefined
  /** As written, before env was resolved: what is hashed and recorded. */
  readonly configAsWritten?: Record<string, unknown> | undefined
  readonly env?: Record<string, string> | undefined
  /** Where a class of models is named: the provider id of the one it stands for now. */
  readonly model?: string | undefined
  /** Prompt filter: labels or ids, `prefix*`. */
  readonly prompts?: readonly string[] | undefined
  readonly delay?: number | undefined
  readonly transform?: unknown
  /** Calls of providers with the same account share one limit. */
  readonly account: string
  readonly at: SourceLocation
}

/** A metric computed from the others: a mathjs expression or a function. */
export interface DerivedMetric {
  readonly name: string
  readonly value: string | ((scores: Record<string, number>, context: unknown) => number)
}

/** The `assay:` key of a suite. */
export interface AssaySettings {
  readonly repeat?: number | undefined
  /** `vars.x` or `metadata.x`: cases that share its value are one unit. */
  readonly cluster?: string | undefined
  readonly feedback?: FeedbackSettings | undefined
  readonly budget?:
    | {
        readonly usd?: number | undefined
        readonly tokens?: number | undefined
        readonly minutes?: number | undefined
        readonly calls?: number | undefined
      }
    | undefined
  readonly limits?: Record<string, AccountLimit> | undefined
  readonly retry?: RetrySettings | undefined
  /** The local cache of replies: off, or how long a reply stands for a new call. */
  readonly cache?: false | { readonly ttlHours?: number | undefined } | undefined
  readonly maxErrorRate?: number | undefined
  readonly timeoutMs?: number | undefined
  readonly checkTimeoutMs?: number | undefined
  /** As written; `harness/gate/settings.ts` types it. */
  readonly gate?: Record<string, unknown> | undefined
  /** Cases that are run and shown, and kept out of the gate up to and including a day. */
  readonly quarantine?: readonly Quarantined[] | undefined
  /** Names of columns in the baseline, to what they are called now. */
  readonly renamed?: Record<string, string> | undefined
  readonly redact?: readonly string[] | undefined
  readonly prices?: string | undefined
}

/** A case that is kept out of the gate, for a time and for a reason. */
export interface Quarantined {
  readonly case: string
  /** ISO date, the last day. */
  readonly until: string
  readonly reason: string
}

/** The verification layer: a reply that fails its checks goes back to the model with the reasons. */
export interface FeedbackSettings {
  /** Rounds of one cell, the first included. */
  readonly maxAttempts: number
  /** nunjucks: words what the model is told, in place of assay's own wording. */
  readonly template?: string | undefined
  /** Tells also the reasons that quote a case's expected answer. The final rate then no longer measures the model. */
  readonly reveal?: boolean | undefined
}

/** Transport retries: what follows a 429, a timeout, a 5xx or a lost connection. */
export interface RetrySettings {
  /** Tries of one call, the first included. */
  readonly attempts?: number | undefined
  /** Backoff before the first retry and at most, in milliseconds; a random part of it is waited. */
  readonly baseMs?: number | undefined
  readonly maxMs?: number | undefined
  /** Milliseconds an account may fail every call before its cells are given up. */
  readonly outageMs?: number | undefined
}

/** Limits of one provider account; a pattern that matches several gives each of them all of it. */
export interface AccountLimit {
  readonly concurrency?: number | undefined
  /** Requests a minute. */
  readonly rpm?: number | undefined
  /** Tokens a minute. */
  readonly tpm?: number | undefined
}

/** Something odd that does not stop a run, said once. */
export interface Warning {
  readonly message: string
  readonly at?: SourceLocation | undefined
}

/** A suite that was read and found valid. Cases are streamed: each call of `cases()` walks them anew, in file order. */
export interface Suite {
  /** `<folder>` for `suite.yaml`, `<folder>.X` for `suite.X.yaml`, else the file's base name. */
  readonly name: string
  readonly file: string
  readonly dir: string
  /** Nearest ancestor with a package.json or .git: no `file://` leaves it. */
  readonly root: string
  readonly description?: string | undefined
  readonly prompts: readonly Prompt[]
  readonly providers: readonly ProviderSpec[]
  cases(): AsyncIterable<Case>
  readonly derivedMetrics: readonly DerivedMetric[]
  readonly extensions: readonly string[]
  readonly nunjucksFilters: Record<string, (...args: never[]) => unknown>
  readonly env: Record<string, string>
  /** Values in it that are secret, by the names they are shown by. Never recorded. */
  readonly secrets?: Readonly<Record<string, string>> | undefined
  /** promptfoo's evaluateOptions and commandLineOptions, as far as they apply here. */
  readonly maxConcurrency?: number | undefined
  readonly assay: AssaySettings
  /** What `assay.prices` names. */
  readonly prices?: PriceOverlay | undefined
  /** True when order between cells matters (`_conversation`, `storeOutputAs`). */
  readonly serial: boolean
  /** sha256 of the suite file and every file it read: prompts, datasets, configs. */
  readonly hash: string
  readonly files: Readonly<Record<string, string>>
  readonly warnings: readonly Warning[]
  /** True when `file://` may leave the project root. */
  readonly allowOutside?: boolean | undefined
  /** The providers that come with assay; without them every id is promptfoo's. */
  readonly builtin?: Builtin | undefined
  /** promptfoo's `defaultTest`, which every case has in it already: beforeAll hooks see it, and tests they add get it. */
  readonly defaultTest?: TestCase | undefined
  /** What the full pass over the cases counted. */
  readonly counts?: SuiteCounts | undefined
  /** nunjucks with the suite's filters and the `env` global; where absent, one is made of `nunjucksFilters` and `env`. */
  readonly templates?: Templates | undefined
}

/** What a full pass over a suite's cases counted. */
export interface SuiteCounts {
  readonly cases: number
  /** Cases that are the same as an earlier one: kept, told apart by an occurrence number. */
  readonly duplicates: number
  /** Assertions of all cases together; the members of an assert-set count, the set does not. */
  readonly assertions: number
}

/** Renders nunjucks templates. Both methods throw what the template throws. */
export interface Templates {
  /** With the suite's own filters. */
  render(template: string, vars: Record<string, unknown>): string
  /** Without them: how promptfoo renders the leaves of a JSON prompt. */
  renderPlain(template: string, vars: Record<string, unknown>): string
  /** What keeps a template from ever rendering, in a few words; undefined for a good one. */
  problemOf(template: string): string | undefined
}
