import type {
  FlakyCase,
  QuarantinedCase,
  RepeatChances,
  RunComparison,
  WithinComparison,
} from './comparison.ts'
import type { CheckMeasures } from './measure.ts'
import type { Outcome } from './trial.ts'
import type { Cost } from './usage.ts'

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

/** Tokens of several calls in the classes that are priced apart, as far as the replies told them. Classes without any are absent. */
export interface TokenTotals {
  /** Without those read from the model's own cache, or written to it. */
  readonly input: number
  readonly output: number
  readonly cacheRead?: number
  /** All that was written, whatever its time to live. */
  readonly cacheWrite?: number
  /** Of `cacheWrite`: what is kept for an hour. */
  readonly cacheWrite1h?: number
  /** True where some counts are a tokenizer's estimate: then so is the cost, and no gate goes by it. */
  readonly estimated?: boolean
  /** Replies that told no count: the sums are too low. Absent for none. */
  readonly uncounted?: number
}

/** What some of a run's calls took. */
export interface Spend {
  /** Failed ones included. */
  readonly calls: number
  readonly tokens: TokenTotals
  readonly costUsd: Cost
  /** What is known of a cost that is `unknown`; absent for nothing. */
  readonly atLeastUsd?: number
}

/** What the calls of a run took that were made now: a replayed one was paid for by another run. Parts without calls are absent. */
export interface Spending {
  readonly total: Spend
  /** Models, before any feedback; transport retries included. */
  readonly firstTries?: Spend
  /** Models, in the rounds after the first. */
  readonly feedback?: Spend
  readonly graders?: Spend
}

/** What the first replies of a column came to, before any feedback. */
export interface FirstTryAnalysis extends Readonly<Record<Outcome, number>> {
  readonly passRate: number | null
  readonly interval: Interval | null
  readonly meanScore: number | null
  readonly namedScores: Readonly<Record<string, number>>
}

/** What the rounds after the first changed, and what they took. */
export interface FeedbackAnalysis {
  /** Cells with a second round at least. */
  readonly cells: number
  /** Of those: failed at first and passed at last. */
  readonly helped: number
  /** Of those: scored lower at last than at first. */
  readonly hurt: number
  /** Rounds of a cell, the first included, over all cells that were asked. */
  readonly meanAttempts: number | null
  /** Milliseconds of the rounds after the first: in all, and per cell that had some. Null where none was fresh. */
  readonly addedMs: { readonly total: number | null; readonly mean: number | null }
  readonly addedUsd: Cost
  /** What is known of an `addedUsd` that is `unknown`; absent for nothing. */
  readonly addedAtLeastUsd?: number
  /** Absent on a record of before they were counted. */
  readonly addedTokens?: TokenTotals
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
  /**
   * Cells whose first reply was not made now but replayed, out of a cassette or a cache: no latency counts them. Absent for none.
   */
  readonly replayed?: number
  /**
   * Cells whose last reply was a refusal, by the model or by a filter before it. Absent on a record of before they were counted.
   */
  readonly refused?: number
  /** Passed over scored (errored ones are missing), or null where none was scored. */
  readonly passRate: number | null
  readonly interval: Interval | null
  readonly meanScore: number | null
  /** Mean of each named score over the trials that have it. */
  readonly namedScores: Readonly<Record<string, number>>
  /** Figures of checks that are no mean of scores; absent for none. */
  readonly measures?: readonly CheckMeasures[]
  /** Present where feedback was given: all the other figures of outcomes are then those of the last round. */
  readonly firstTry?: FirstTryAnalysis
  readonly feedback?: FeedbackAnalysis
  /** Of first rounds: which cells have later ones depends on the checks. */
  readonly latencyMs: LatencySummary
  readonly ttftMs: LatencySummary
  /** Of all rounds. */
  readonly costUsd: Cost
  /** Per 1,000 cells that were answered, with all their rounds. */
  readonly costPer1000Usd: Cost
  /** Of all rounds. */
  readonly tokens: TokenTotals
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
  /** Models and graders. */
  readonly spentUsd: Cost
  /** The parts of `spentUsd`. Absent where no call was made. */
  readonly spending?: Spending
  readonly calls: { readonly made: number; readonly replayed: number; readonly retried: number }
  /** Cells without a result because only recorded replies were wanted, and there is none. Absent for none. */
  readonly unrecorded?: number
  readonly errors: readonly { readonly message: string; readonly count: number }[]
  readonly tags?: readonly TagAnalysis[]
  /** The run against its baseline, where there is one. */
  readonly comparison?: RunComparison
  /** The columns against each other, where there are several. */
  readonly within?: WithinComparison
  /** Cases whose repeats disagree, the least stable first; at most 200. */
  readonly flaky?: readonly FlakyCase[]
  readonly chances?: readonly RepeatChances[]
  readonly quarantined?: readonly QuarantinedCase[]
}
