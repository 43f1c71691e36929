import type { ColumnName } from '../model/column-name.ts'
import {
  columnIn,
  followedRuns,
  type HistoryColumn,
  type HistoryEntry,
  isFresh,
  type Measure,
  MEASURES,
} from '../model/history.ts'

/** A figure of one run. */
export interface Point {
  /** Id of the run. */
  readonly run: string
  readonly hash: string
  readonly value: number
}

/** One measure of one column, oldest first. */
export interface Series {
  readonly column: ColumnName
  readonly measure: Measure
  readonly points: readonly Point[]
}

/** Runs of a column as it stands now from which on they are looked at alone. */
export const RUNS_TO_TELL = 8

/** What can be looked at for a lasting change, of the columns that the newest run has: its fresh figures in the runs that are followed. */
export function allSeries(runs: readonly HistoryEntry[]): Series[] {
  const followed = followedRuns(runs)
  const columns = followed.at(-1)?.columns ?? []
  return columns.flatMap(({ prompt, provider }) => {
    const column = { prompt, provider }
    const fresh = followed.flatMap((run) => {
      const own = columnIn(run, column)
      return own !== undefined && isFresh(own) ? [{ run: run.id, column: own }] : []
    })
    return MEASURES.map((measure) => seriesOf(column, measure, fresh))
  })
}

function seriesOf(
  column: ColumnName,
  measure: Measure,
  runs: readonly { readonly run: string; readonly column: HistoryColumn }[],
): Series {
  const all = runs.flatMap(({ run, column: { hash, [measure]: value } }): Point[] =>
    value === null ? [] : [{ run, hash, value }],
  )
  const now = all.at(-1)?.hash
  const asItStands = all.filter(({ hash }) => hash === now)
  return { column, measure, points: asItStands.length >= RUNS_TO_TELL ? asItStands : all }
}
