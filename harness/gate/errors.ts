import type { Analysis, ColumnAnalysis } from '../model/analysis.ts'
import type { RunComparison } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import { count, percent } from './figures.ts'

/** Share of errored cells over which a run says nothing. */
export const MAX_ERROR_RATE = 0.1

/** How far the shares of the two arms may lie apart: which cells errors spare is not chance. */
const MAX_ERROR_DIFFERENCE = 0.05

/** Of sums that were rounded. */
const ROUNDING = 1e-9

/** Over all that was measured, or in a column that gates: one dead model among twenty hides in the whole. */
export function tooManyErrors(
  measured: readonly ColumnAnalysis[],
  gating: readonly ColumnAnalysis[],
  limit: number,
  { errors }: Analysis,
): string[] {
  const errored = measured.reduce((sum, column) => sum + column.errored, 0)
  const finished = measured.reduce((sum, column) => sum + column.cells, 0)
  if (finished === 0) return []
  if (errored === finished) {
    const first = errors[0]?.message ?? 'no message was given'
    return [`Every cell errored, so nothing was scored: ${first}`]
  }
  const allowed = `more than the ${percent(limit)} allowed (maxErrorRate)`
  if (errored > limit * finished) {
    return [
      `${count(errored)} of ${count(finished)} cells errored (${percent(errored / finished)}), ${allowed}.`,
    ]
  }
  return gating
    .filter((column) => column.errored > limit * column.cells)
    .map(
      (column) =>
        `${columnName(column)}: ${count(column.errored)} of ${count(column.cells)} cells errored, ${allowed}.`,
    )
}

/** Why the two arms cannot be compared: one of them errored too often, or much more often than the other. */
export function unequalErrors(
  { errors: { base, candidate, column } }: RunComparison,
  limit: number,
): string[] {
  const where = column === undefined ? '' : `${columnName(column)}: `
  const both = `${where}${percent(candidate)} of the run's cells errored, and ${percent(base)} of the baseline's`
  if (Math.max(base, candidate) > limit + ROUNDING)
    return [`${both}: over ${percent(limit)} in either, the two cannot be compared.`]
  if (Math.abs(candidate - base) > MAX_ERROR_DIFFERENCE + ROUNDING)
    return [`${both}: more than 5 points apart, the two cannot be compared.`]
  return []
}
