import type { ColumnName } from '../../../harness/model/column-name.ts'

/**
 * Fresh, trusted latencies of a column's first replies (the untrusted, where none is trusted), counted in bins of equal width on
 * a log axis. The bins of all histograms lie on one grid.
 */
export interface LatencyHistogram {
  /** Of the run; for the baseline the one that is compared with it. */
  readonly column: ColumnName
  readonly arm: 'run' | 'baseline'
  /** ms: bounds of the bins, ascending; one more than `counts`. */
  readonly bounds: readonly number[]
  readonly counts: readonly number[]
  readonly n: number
  /** ms. */
  readonly p50: number
  readonly p95: number
}

/** Outcomes of a slice (a tag) in a column. */
export interface SliceFigures {
  /** `tag: critical` */
  readonly slice: string
  readonly column: ColumnName
  readonly passed: number
  readonly scored: number
}

/**
 * A case's reply beside the baseline's, whole but cut to 20,000 UTF-16 units, for the flips that the page shows without a script; where
 * there is room, of the cases that failed most.
 */
export interface FlipTexts {
  readonly caseId: string
  readonly column: ColumnName
  /** First 16 hex digits of the id of the candidate's first cell that shows the change: `#cell=…` opens it. */
  readonly cell: string
  readonly output: string
  readonly baseOutput: string | undefined
  /** The rendered prompts. */
  readonly prompt: string
  readonly basePrompt: string | undefined
}

/** What the static sections need of the cells, counted in the one pass over them. */
export interface CellFigures {
  readonly latency: readonly LatencyHistogram[]
  readonly slices: readonly SliceFigures[]
  /** At most 50: of the broken cases, then of the flips in their order, then of the cases that failed most. */
  readonly flips: readonly FlipTexts[]
}
