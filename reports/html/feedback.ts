import type { ReportInput } from '../../harness/model/report.ts'
import { html } from '../format/escape-html.ts'
import { FEEDBACK_FIGURES, FEEDBACK_NOTE, type FeedbackColumn, feedbackColumns } from '../format/feedback.ts'
import { counted } from '../format/figures.ts'

/** Columns listed: a suite with more is read from `analysis.json`. */
const LISTED = 200

/** First and last tries apart, and what the tries between took. */
export function feedbackSection({ analysis }: ReportInput): string {
  const columns = feedbackColumns(analysis)
  if (columns.length === 0) return ''
  const titles = FEEDBACK_FIGURES.map(({ label }) => `<th scope="col" class="number">${label}</th>`).join('')
  const more =
    columns.length > LISTED ? `<p>… and ${counted(columns.length - LISTED, 'more column')}.</p>` : ''
  return `<h2>Feedback</h2>
<p class="quiet">${FEEDBACK_NOTE}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">prompt</th><th scope="col">model</th>${titles}</tr></thead>
<tbody>${columns.slice(0, LISTED).map(row).join('')}</tbody></table></div>${more}`
}

function row(column: FeedbackColumn): string {
  const figures = FEEDBACK_FIGURES.map(({ of }) => `<td class="number">${html(of(column))}</td>`)
  return `<tr><th scope="row">${html(column.prompt)}</th><th scope="row">${html(column.provider)}</th>${figures.join('')}</tr>\n`
}
