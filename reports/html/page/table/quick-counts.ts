import { CHANGES, FLAGS, OUTCOMES } from '../../data/about.ts'
import type { ReportData } from '../model/report-data.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import { isCompared } from './columns.tsx'
import type { QuickFilter } from './quick-filters.tsx'

/** The quick filters, each with the number of cells of the run that it finds. */
export function quickFilters(data: ReportData, reviews: ReviewStore): QuickFilter[] {
  const { change, outcome, flags } = data.main
  return [
    ...(isCompared(data)
      ? [
          {
            status: 'regressed',
            title: 'Regressed',
            rows: countOf(change, CHANGES.indexOf('regressed')),
          } as const,
        ]
      : []),
    { status: 'failed', title: 'Failed', rows: countOf(outcome, OUTCOMES.indexOf('failed')) },
    { status: 'errored', title: 'Errored', rows: countOf(outcome, OUTCOMES.indexOf('errored')) },
    { status: 'flaky', title: 'Flaky', rows: flags.reduce((n, bits) => n + (bits & FLAGS.flaky ? 1 : 0), 0) },
    { status: 'disputed', title: 'Disputed', rows: reviews.disputed },
  ]
}

function countOf(values: Uint8Array, wanted: number): number {
  let n = 0
  for (const value of values) if (value === wanted) n++
  return n
}
