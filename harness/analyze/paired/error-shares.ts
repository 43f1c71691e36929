import type { PairedColumn } from './pair-columns.ts'
import type { PairedCases } from './pair-cases.ts'
import type { ScoreTable } from './score-table.ts'

interface ErrorCounts {
  /** Errored cells. */
  readonly cells: { readonly base: number; readonly candidate: number }
  /** Of all cells that finished. */
  readonly shares: { readonly base: number; readonly candidate: number }
}

/** Errored cells of the shared cases, in the columns that ship; in all where none does. */
export function countErrors(
  pairs: readonly (PairedColumn & { readonly cases: PairedCases })[],
  candidate: ScoreTable,
): ErrorCounts {
  const gating = pairs.filter(({ gates }) => gates)
  const errored = { base: 0, candidate: 0 }
  const all = { base: 0, candidate: 0 }
  for (const { column, against, base, cases } of gating.length > 0 ? gating : pairs) {
    const views = { base: base.view(against), candidate: candidate.view(column) }
    for (const arm of ['base', 'candidate'] as const) {
      const view = views[arm]
      for (const number of view.numbers.ofAll(cases.cases)) {
        errored[arm] += view.errored(number)
        all[arm] += view.cells(number)
      }
    }
  }
  const share = (arm: 'base' | 'candidate') => (all[arm] === 0 ? 0 : errored[arm] / all[arm])
  return { cells: errored, shares: { base: share('base'), candidate: share('candidate') } }
}
