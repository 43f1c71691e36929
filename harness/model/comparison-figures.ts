import type { ColumnName } from './column-name.ts'

/** Lower and upper bound. */
export type Bounds = readonly [lo: number, hi: number]

/** Passed of so many scored. */
export interface PassCount {
  readonly passed: number
  readonly of: number
}

/** One arm of a comparison, over the cases that both have. */
export interface ArmFigures {
  readonly mean: number
  /** 95%: Wilson's for a rate of one repeat a case, else from the clustered standard error. */
  readonly interval: Bounds
}

/** Where the scores' variance lies. Squares of the metric's unit. */
export interface VarianceParts {
  /** Within a case, over its repeats; null with one repeat. */
  readonly withinBase: number | null
  readonly withinCandidate: number | null
  /** Of the true differences between cases (ω² of Miller 2024); null with one repeat. */
  readonly paired: number | null
  /** Of the observed differences of case means. */
  readonly ofDifferences: number
}

/** One metric of one column against another column. All differences are candidate − baseline. */
export interface MetricComparison {
  readonly metric: string
  readonly column: ColumnName
  readonly against: ColumnName
  /** False for a column or metric that only informs. */
  readonly gates: boolean
  /** Cases scored in both arms. */
  readonly cases: number
  /** Repeats of a case that are compared; the largest where cases differ. */
  readonly repeats: number
  /** Clusters, or cases where no cluster is declared. */
  readonly units: number
  /** Kish's effective number of units. */
  readonly effectiveUnits: number
  readonly base: ArmFigures
  readonly candidate: ArmFigures
  readonly delta: number
  /** At 1 − alpha. */
  readonly interval: Bounds
  readonly method: 'tango' | 'bonett-price' | 'e-process'
  /** One-sided p-values, raw and after Holm over all gating comparisons; those that inform are not adjusted. */
  readonly pWorse: number
  readonly pBetter: number
  readonly pWorseHolm: number
  readonly pBetterHolm: number
  /** Cases whose mean fell, stayed, rose. */
  readonly counts: { readonly worse: number; readonly equal: number; readonly better: number }
  /** The bound for "no worse": null without a margin. `lower` is the least difference not ruled out. */
  readonly guard: { readonly z: number; readonly crit: number; readonly lower: number } | null
  /** Least drop seen with 80% power at this size; null where nothing can be said. */
  readonly detectable: number | null
  /** What it would take to see a drop of `drop` with 80% power; cheapest in calls first. */
  readonly needs: {
    readonly drop: number
    readonly options: readonly { readonly cases: number; readonly repeats: number }[]
  } | null
  readonly variance: VarianceParts
}

/** A metric that could not be compared, and why: one sentence. */
export interface Uncompared {
  readonly metric: string
  readonly column: ColumnName
  readonly gates: boolean
  readonly reason: string
}

/** How much slower or dearer, over paired cases. Ratios are candidate / baseline. */
export interface RatioComparison {
  readonly column: ColumnName
  readonly against: ColumnName
  readonly gates: boolean
  readonly cases: number
  /** exp of the mean log ratio per case. */
  readonly ratio: number
  /** At 1 − alpha, t on the log ratios. */
  readonly interval: Bounds
  /** One-sided sign-flip p-values that the ratio is above, or below, 1. */
  readonly pAbove: number
  readonly pBelow: number
  /** One-sided sign-flip p-value that the ratio is above the suite's limit; null without a limit. */
  readonly pAboveLimit: number | null
  readonly limit: number | null
}

/** Latency of fresh, trusted first replies, in milliseconds. */
export interface LatencyComparison extends RatioComparison {
  readonly base: { readonly p50: number; readonly p95: number }
  readonly candidate: { readonly p50: number; readonly p95: number }
  /** Share of replies slower than the pooled p95, paired by case; null where too few. */
  readonly tail: {
    readonly thresholdMs: number
    readonly base: number
    readonly candidate: number
    readonly delta: number
    readonly interval: Bounds
    readonly pWorse: number
  } | null
}

/** USD a case. */
export interface CostComparison extends RatioComparison {
  readonly base: number
  readonly candidate: number
}
