import type { ReviewedCell, ReviewFile } from '../../../../harness/model/review.ts'
import { OUTCOMES } from '../../data/about.ts'
import type { ReportData } from '../model/report-data.ts'
import { cellOf } from '../state/cell-id.ts'
import type { Draft } from './draft.ts'

/** `review.json` of what was marked on the page. */
export function reviewFile(
  { about, main, cases }: ReportData,
  drafts: ReadonlyMap<number, Draft>,
): ReviewFile {
  const reviews = Array.from(drafts, ([row, { mark, note, at }]): ReviewedCell => {
    const column = main.columns[main.column[row] as number]
    return {
      cell: cellOf(main, row),
      caseId: cases.label(main.case[row] as number).id,
      prompt: column?.prompt ?? '',
      provider: column?.provider ?? '',
      repeat: main.repeat[row] as number,
      outcome: OUTCOMES[main.outcome[row] as number] ?? 'errored',
      mark,
      ...(note !== undefined && { note }),
      at,
    }
  })
  return { v: 1, run: about.run.id, suite: about.run.suite, reviews }
}
