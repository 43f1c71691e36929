import type { Outcome } from './trial.ts'

/** Wilson bounds of a rate. With repeats, n is the effective number of observations, never cells pooled as independent. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

/** A latency distribution in milliseconds. `null` where nothing was measured. */
export interface LatencySummary {
  readonly p50: number | null
  readonly p95: number | null
  readonly n: number
  /** False when a provider hides queueing or retries inside its calls. */
  readonly trusted: boolean
}

/** Figures of one column. */
export interface ColumnAnalysis {
  readonly prompt: string
  readonly provider: string
  /** Cases with at least one scored trial. */
  readonly cases: number
  /** Repeats per case; the largest where they differ. */
  readonly repeats: number
  readonly cells: number
  readonly passed: number
  readonly failed: number
  readonly errored: number
  /** Passed over scored (errored ones are missing), or null where none was scored. */
  readonly passRate: number | null
  readonly interval: Interval | null
  readonly meanScore: number | null
  /** Mean of each named score over the trials that have it. */
  readonly namedScores: Readonly<Record<string, number>>
  readonly latencyMs: LatencySummary
  readonly ttftMs: LatencySummary
  readonly costUsd: number | 'unknown'
  readonly costPer1000Usd: number | 'unknown'
  readonly tokens: { readonly input: number; readonly output: number }
}

/** A case that did not pass everywhere, worst first. */
export interface CaseAnalysis {
  readonly caseId: string
  readonly description?: string
  readonly source: { readonly file: string; readonly line: number }
  readonly failed: number
  readonly errored: number
  readonly scored: number
  /** Columns in which it failed at least once. */
  readonly columns: readonly {
    readonly prompt: string
    readonly provider: string
    readonly failed: number
    readonly of: number
  }[]
  /** A reason of a failure, the first seen. */
  readonly reason: string
}

/** Outcomes of the cases that carry a tag (`metadata.tags`), per column. */
export interface TagAnalysis {
  readonly tag: string
  readonly columns: readonly (Readonly<Record<Outcome, number>> & {
    readonly prompt: string
    readonly provider: string
    /** Ids of the first few cases that failed at least once. */
    readonly failing: readonly string[]
  })[]
}

/** `analysis.json`. */
export interface Analysis {
  readonly v: 1
  readonly runId: string
  readonly cells: Readonly<Record<Outcome, number>> & {
    readonly planned: number
    readonly finished: number
    readonly absent: number
  }
  readonly columns: readonly ColumnAnalysis[]
  readonly worst: readonly CaseAnalysis[]
  readonly spentUsd: number | 'unknown'
  readonly calls: { readonly made: number; readonly replayed: number; readonly retried: number }
  readonly errors: readonly { readonly message: string; readonly count: number }[]
  readonly tags?: readonly TagAnalysis[]
}
