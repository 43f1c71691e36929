import { CHANGES, FLAGS, OUTCOMES } from '../../data/about.ts'
import { figureValues } from '../filter/figure-values.ts'
import { isFigureName } from '../filter/term.ts'
import type { ReportData } from '../model/report-data.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import type { Sort } from '../state/view-state.ts'
import { isCaseSort } from './grouped-cases.ts'

/** What comes first when outcomes and changes ascend: what a reviewer looks for. */
const OUTCOME_RANKS = { failed: 0, errored: 1, passed: 2 } as const
const CHANGE_RANKS = { regressed: 0, improved: 1, same: 2, none: Number.NaN } as const

/** A number for each row to sort by, or undefined for a column that is not there. */
export function sortValues(
  key: string,
  { about, main, cases }: ReportData,
  reviews: ReviewStore,
): ArrayLike<number> | undefined {
  const ranked = (ranks: readonly number[], index: ArrayLike<number>) =>
    Float32Array.from(index, (at) => ranks[at] ?? Number.NaN)
  switch (key) {
    case 'outcome':
      return ranked(
        OUTCOMES.map((outcome) => OUTCOME_RANKS[outcome]),
        main.outcome,
      )
    case 'change':
      return ranked(
        CHANGES.map((change) => CHANGE_RANKS[change]),
        main.change,
      )
    case 'case':
      return cases.size < 2 ** 24 ? main.case : undefined
    case 'prompt':
      return ranked(alphabetical(main.columns.map(({ prompt }) => prompt)), main.column)
    case 'model':
      return ranked(alphabetical(main.columns.map(({ provider }) => provider)), main.column)
    case 'marks':
      return Float32Array.from(main.flags, (bits) =>
        bits & FLAGS.flaky
          ? 0
          : bits & (FLAGS.refused | FLAGS.quarantined)
            ? 1
            : bits & FLAGS.replayed
              ? 2
              : Number.NaN,
      )
    case 'review':
      return reviewRanks(main.rows, reviews)
    default:
      if (isFigureName(key)) return figureValues(main, { of: key }, about.metrics)
      return about.metrics.includes(key.slice('metric:'.length)) && key.startsWith('metric:')
        ? figureValues(main, { of: 'metric', name: key.slice('metric:'.length) }, about.metrics)
        : undefined
  }
}

function reviewRanks(rows: number, reviews: ReviewStore): Float32Array {
  const marks = ['label_wrong', 'judge_wrong', 'acceptable', 'agree']
  return Float32Array.from({ length: rows }, (_, row) => {
    const rank = marks.indexOf(reviews.markOf(row) ?? '')
    return rank === -1 ? Number.NaN : rank
  })
}

function alphabetical(names: readonly string[]): number[] {
  const sorted = [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1))
  const ranks = new Map(sorted.map((name, rank) => [name, rank]))
  return names.map((name) => ranks.get(name) ?? 0)
}

/** The order if it means something to the other kind of table too. */
export function sortFitting(sort: Sort | undefined, byCase: boolean): Sort | undefined {
  return sort !== undefined && isCaseSort(sort.key) === byCase ? sort : undefined
}
