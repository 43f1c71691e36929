import type { ColumnName } from '../model/column-name.ts'
import {
  columnIn,
  followedRuns,
  type HistoryColumn,
  type HistoryEntry,
  isFresh,
  type Measure,
  MEASURES,
  RUNS_TO_TELL,
} from '../model/history.ts'

/** A figure of one run. */
export interface Point {
  /** Id of the run. */
  readonly run: string
  readonly hash: string
  readonly value: number
}

/** One measure of one column, oldest first: at least `RUNS_TO_TELL` points that are not all alike. */
export interface Series {
  readonly column: ColumnName
  readonly measure: Measure
  readonly points: readonly Point[]
}

/** Digits by which figures differ that are not told apart: sums of the same numbers may end otherwise. */
const DIGITS = 9

/** What can be looked at for a lasting change, of the columns that the newest run has: its fresh figures in the runs that are followed. */
export function allSeries(runs: readonly HistoryEntry[]): Series[] {
  const followed = followedRuns(runs)
  const columns = followed.at(-1)?.columns ?? []
  return columns.flatMap((column) => {
    const fresh = followed.flatMap((run) => {
      const own = columnIn(run, column)
      return own !== undefined && isFresh(own) ? [{ run: run.id, column: own }] : []
    })
    const { prompt, provider } = column
    return MEASURES.flatMap((measure) => seriesOf({ prompt, provider }, measure, fresh))
  })
}

function seriesOf(
  column: ColumnName,
  measure: Measure,
  runs: readonly { readonly run: string; readonly column: HistoryColumn }[],
): Series[] {
  const all = runs.flatMap(({ run, column: { hash, [measure]: value } }): Point[] =>
    value === null ? [] : [{ run, hash, value: Number(value.toPrecision(DIGITS)) }],
  )
  const now = all.at(-1)?.hash
  const asItStands = all.filter(({ hash }) => hash === now)
  const points = asItStands.length >= RUNS_TO_TELL ? asItStands : all
  const [first] = points
  if (first === undefined || points.length < RUNS_TO_TELL) return []
  // What never changed is no chance of a false alarm either.
  return points.every(({ value }) => value === first.value) ? [] : [{ column, measure, points }]
}
