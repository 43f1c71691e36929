import type { ReportInput } from '../../../../harness/model/report.ts'
import { FEEDBACK_FIGURES, FEEDBACK_NOTE, feedbackColumns } from '../../../format/feedback.ts'
import { ColumnHeads } from './column-heads.tsx'
import { LISTED } from './limits.ts'
import { More } from './more.tsx'
import { Figure, ScrollTable } from './scroll-table.tsx'

/** First and last tries apart, and what the tries between took. */
export function Feedback({ input: { analysis } }: { readonly input: ReportInput }) {
  const columns = feedbackColumns(analysis)
  if (columns.length === 0) return null
  return (
    <>
      <h3>Feedback</h3>
      <ScrollTable
        label="Feedback"
        caption={FEEDBACK_NOTE}
        head={[
          { title: 'prompt' },
          { title: 'model' },
          ...FEEDBACK_FIGURES.map(({ label }) => ({ title: label, number: true })),
        ]}
      >
        {columns.slice(0, LISTED.columns).map((column) => (
          <tr>
            <ColumnHeads column={column} />
            {FEEDBACK_FIGURES.map(({ of }) => (
              <Figure>{of(column)}</Figure>
            ))}
          </tr>
        ))}
      </ScrollTable>
      <More of={columns.length} listed={LISTED.columns} noun="column" />
    </>
  )
}
