import type { ColumnName, PassCount } from '../../model/comparison.ts'

/** Either half of a column's name, or both: what is left out matches any. */
export type ColumnPattern = Partial<ColumnName>

/** What became of broken cases that were run again, with fresh replies in both arms. */
export interface RerunResults {
  readonly cases: readonly {
    readonly column: ColumnName
    readonly caseId: string
    /** Of the fresh repeats that finished. */
    readonly base: PassCount
    readonly candidate: PassCount
  }[]
  /** Why a case that is not listed was not run again: one sentence. */
  readonly why?: string
}

export interface CompareOptions {
  /** The columns that gate; all of them where absent. */
  readonly ship?: readonly ColumnPattern[] | undefined
  /** What the gating columns are compared with: of the same run where it has it, else of the baseline. */
  readonly against?: ColumnPattern | undefined
  /** The metrics that gate; the others inform. */
  readonly metrics: readonly string[]
  /** The largest drop that still counts as "no worse"; null where none was set. */
  readonly margin: number | null
  /** Two-sided. */
  readonly alpha: number
  /** What `assay.cluster` names. */
  readonly cluster?: string | undefined
  /** Old names of prompts, providers or columns, by which the baseline knows them, to new ones. */
  readonly renamed?: Readonly<Record<string, string>> | undefined
  /** Ids of cases that `assay.quarantine` keeps out of the gate. */
  readonly quarantined: ReadonlySet<string>
  /** Limits of the ratios candidate / baseline. */
  readonly latencyRatio?: number | undefined
  readonly costRatio?: number | undefined
  /** Looks at the data so far; 1 where absent. */
  readonly looks?: number | undefined
  readonly rerun?: RerunResults | undefined
  /** Ids of changed cases whose stored replies were checked again, and of those that had none: these are left out. */
  readonly reverified?: ReadonlySet<string> | undefined
  readonly notReverified?: ReadonlySet<string> | undefined
  /** Compares runs of suites of different names too. */
  readonly allowOtherSuite?: boolean | undefined
  readonly now: Date
  /** Told with those of the comparison. */
  readonly warnings?: readonly string[] | undefined
}

/** True for a column that a pattern names. */
export function matchesColumn({ prompt, provider }: ColumnPattern, column: ColumnName): boolean {
  return (
    (prompt === undefined || prompt === column.prompt) &&
    (provider === undefined || provider === column.provider)
  )
}
