import type { Interval } from './analysis.ts'

/** A figure of a column that is no mean of scores: macro-F1, hallucination rate, worst-depth gap. */
export interface Measure {
  /** `macro_f1`: what a gate calls it, after the name of its check and a dot. */
  readonly name: string
  /** `macro-F1`: what a reader is shown. */
  readonly label: string
  /** Null where nothing can be said. */
  readonly value: number | null
  /** 95 %, by cases; null where there are too few. */
  readonly interval: Interval | null
  /** What was counted, and how many: `{count: 156, of: 'cases'}`. */
  readonly n: { readonly count: number; readonly of: string }
  /** `share` is shown in percent, `points` as a difference in percentage points. */
  readonly unit: 'share' | 'points' | 'score' | 'count' | 'usd'
  /** Which way is good; absent for neither. */
  readonly better?: 'higher' | 'lower'
}

/** A table of a column: a confusion matrix, scores by depth. */
export interface MeasureTable {
  readonly name: string
  readonly title: string
  /** The first one heads the rows. */
  readonly heads: readonly string[]
  readonly rows: readonly MeasureRow[]
  /** Of the cells, but for the first of a row. */
  readonly unit: Measure['unit']
}

export interface MeasureRow {
  readonly head: string
  /** Null where nothing was counted. */
  readonly cells: readonly (number | null)[]
}

/** What one check's evidence comes to in one column. */
export interface CheckMeasures {
  /** The check's metric, else the kind of its evidence. */
  readonly check: string
  readonly measures: readonly Measure[]
  readonly tables: readonly MeasureTable[]
}

/** The measure that a gate calls `check.name`. */
export function measureOf(all: readonly CheckMeasures[] | undefined, metric: string): Measure | undefined {
  for (const { check, measures } of all ?? []) {
    if (!metric.startsWith(`${check}.`)) continue
    const found = measures.find(({ name }) => metric === `${check}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}
