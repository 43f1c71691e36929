import type { RunComparison } from '../../model/comparison.ts'
import { nameOf } from './compare-metric.ts'
import type { PairedColumn } from './pair-columns.ts'
import type { PairedCases } from './pair-cases.ts'
import type { ScoreTable } from './score-table.ts'

type Arms = { readonly base: number; readonly candidate: number }

interface ErrorCounts {
  /** Errored cells. */
  readonly cells: Arms
  /** Of all cells that finished, in the column where they weigh most: one that errs hides among ten that do not. */
  readonly shares: RunComparison['errors']
}

/** Errored cells of the shared cases, in the columns that ship; in all where none does. */
export function countErrors(
  pairs: readonly (PairedColumn & { readonly cases: PairedCases })[],
  candidate: ScoreTable,
): ErrorCounts {
  const gating = pairs.filter(({ gates }) => gates)
  const counted = (gating.length > 0 ? gating : pairs).map(({ column, against, base, cases }) => {
    const old = countIn(base, against, cases)
    const now = countIn(candidate, column, cases)
    return {
      column: nameOf(column),
      errored: { base: old.errored, candidate: now.errored },
      base: old.share,
      candidate: now.share,
    }
  })
  const cells = { base: 0, candidate: 0 }
  for (const { errored } of counted) {
    cells.base += errored.base
    cells.candidate += errored.candidate
  }
  const [worst] = counted.toSorted((a, b) => weightOf(b) - weightOf(a))
  if (worst === undefined) return { cells, shares: { base: 0, candidate: 0 } }
  const { base, candidate: share, column } = worst
  return { cells, shares: { base, candidate: share, ...(counted.length > 1 && { column }) } }
}

/** An arm may not err in over 10%, nor the two lie over 5 points apart: a difference weighs twice. */
function weightOf({ base, candidate }: Arms): number {
  return Math.max(base, candidate, 2 * Math.abs(base - candidate))
}

function countIn(
  table: ScoreTable,
  column: PairedColumn['column'],
  { cases }: PairedCases,
): { readonly errored: number; readonly share: number } {
  const view = table.view(column)
  let [errored, all] = [0, 0]
  for (const number of view.numbers.ofAll(cases)) {
    errored += view.errored(number)
    all += view.cells(number)
  }
  return { errored, share: all === 0 ? 0 : errored / all }
}
