import type { ColumnName } from './column-name.ts'
import type { Flip, BrokenCase, SliceComparison, Why } from './comparison-cases.ts'
import type {
  Bounds,
  MetricComparison,
  Uncompared,
  LatencyComparison,
  CostComparison,
} from './comparison-figures.ts'

export { columnName, isSameColumn } from './column-name.ts'
export type * from './column-name.ts'
export type * from './comparison-cases.ts'
export type * from './comparison-figures.ts'

/** What is another now than when the baseline was made. */
export interface Change {
  readonly kind:
    | 'prompt'
    | 'provider'
    | 'model'
    | 'cases'
    | 'checks'
    | 'graders'
    | 'prices'
    | 'repeats'
    | 'provider_file'
  /** One sentence. */
  readonly what: string
  readonly column?: ColumnName
  /** Of a text: word by word. */
  readonly diff?: readonly { readonly op: 'same' | 'removed' | 'added'; readonly text: string }[]
}

/** How the two runs' cases and columns were paired. */
export interface Pairing {
  readonly sharedCases: number
  readonly onlyBase: number
  readonly onlyCandidate: number
  /** Shared cases whose variables or checks are others now. */
  readonly changedCases: number
  /** Of those: the baseline's reply was checked again with the new ones. */
  readonly reverified: number
  /** Of those: left out, since no reply was on record that could be checked again. */
  readonly notReverified: number
  readonly columns: readonly {
    readonly column: ColumnName
    readonly against: ColumnName
    readonly by: 'label' | 'template' | 'renamed' | 'against'
  }[]
  /** Columns of the run that the baseline has nothing like. */
  readonly unpaired: readonly ColumnName[]
}

/** What a run is compared with. */
export interface BaselineAbout {
  /** `suites/x/baseline.json`, a run folder, `main:suites/x/baseline.json`. */
  readonly name: string
  readonly kind: 'baseline' | 'run'
  readonly runId: string
  /** ISO time of the acceptance, or of the run. */
  readonly at: string
  readonly by?: string
  readonly commit?: string
  readonly reason?: string
  /** False where replies were left out: no output to compare. */
  readonly replies: boolean
}

/** What is due to the model and what to the change, where the baseline's prompts were run again beside the candidate's. */
export interface Drift {
  readonly column: ColumnName
  readonly metric: string
  /** Rerun baseline − stored baseline. */
  readonly model: { readonly delta: number; readonly interval: Bounds; readonly pWorse: number }
  /** Candidate − rerun baseline. */
  readonly change: { readonly delta: number; readonly interval: Bounds; readonly pWorse: number }
}

/** Of a run that could stop early. */
export interface Sequential {
  readonly stopped: boolean
  readonly casesUsed: number
  readonly casesPlanned: number
  readonly callsSaved: number
}

/** A run against its baseline. */
export interface RunComparison {
  readonly baseline: BaselineAbout
  readonly pairing: Pairing
  readonly alpha: number
  readonly margin: number | null
  /** What `assay.cluster` names. */
  readonly cluster?: string
  /** Looks at the data, of at most 3, when repeats are added while inconclusive. */
  readonly looks: number
  readonly metrics: readonly MetricComparison[]
  readonly uncompared: readonly Uncompared[]
  readonly latency: readonly LatencyComparison[]
  readonly cost: readonly CostComparison[]
  /** Share of errored cells per arm over the shared cases: of the gating column where they weigh most, named where there are several. */
  readonly errors: { readonly base: number; readonly candidate: number; readonly column?: ColumnName }
  /** Regressions first; at most 200. */
  readonly flips: readonly Flip[]
  readonly flipCounts: { readonly worse: number; readonly better: number }
  readonly broken: readonly BrokenCase[]
  readonly slices: readonly SliceComparison[]
  readonly changes: readonly Change[]
  readonly why: readonly Why[]
  readonly drift?: readonly Drift[]
  readonly sequential?: Sequential
  /** What a reader must know of the comparison: one sentence each. */
  readonly warnings: readonly string[]
}

/** Two columns of one run. */
export interface ColumnPair {
  readonly metric: string
  readonly a: ColumnName
  readonly b: ColumnName
  readonly cases: number
  /** b − a. */
  readonly delta: number
  readonly interval: Bounds
  /** Two-sided, after Holm over the pairs of the metric. */
  readonly pHolm: number
}

/** The columns of a run by one metric, best first; neighbours in one group are not told apart. */
export interface Ranking {
  readonly metric: string
  readonly columns: readonly (ColumnName & { readonly mean: number; readonly groups: readonly number[] })[]
}

/** The columns of one run against each other. */
export interface WithinComparison {
  readonly pairs: readonly ColumnPair[]
  readonly rankings: readonly Ranking[]
}
