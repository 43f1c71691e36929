import type { ColumnName } from '../model/comparison.ts'
import { varianceParts } from '../stats/variance.ts'
import type { ScoreTable } from './paired/score-table.ts'

/** How the passes of a baseline vary, for what a comparison with it could see. */
export interface PowerBasis {
  readonly column: ColumnName
  /** Variance within a case over its repeats; of single draws, p(1 − p), the most it can be. */
  readonly within: number
  readonly passRate: number
}

/** Of the columns that are asked about, the one that varies most: it sees least. Undefined where none has a scored case. */
export function powerBasisOf(table: ScoreTable, columns: readonly ColumnName[]): PowerBasis | undefined {
  const found = columns.flatMap((column) => {
    const scores = table.cases
      .map(({ id }) => table.scores(column, 'pass', id))
      .filter((runs) => runs.length > 0)
    if (scores.length === 0) return []
    const { mean, within } = varianceParts(scores)
    return [{ column, within: within ?? mean * (1 - mean), passRate: mean }]
  })
  return found.toSorted((a, b) => b.within - a.within)[0]
}
