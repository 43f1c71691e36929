import type { Analysis } from '../../harness/model/analysis.ts'
import { FEEDBACK_FIGURES, FEEDBACK_NOTE, type FeedbackColumn, feedbackColumns } from '../format/feedback.ts'
import { oneLine } from '../format/plain.ts'
import { wrap } from './fit.ts'
import type { Paint } from './paint.ts'

/** First and last tries apart, and what the tries between took: a paragraph per column. */
export function feedbackList(analysis: Analysis, width: number, paint: Paint): string[] {
  const columns = feedbackColumns(analysis)
  if (columns.length === 0) return []
  return [
    paint('bold', 'Feedback'),
    ...columns.flatMap((column) => paragraph(column, width)),
    ...wrap(FEEDBACK_NOTE, width - 2).map((line) => paint('dim', `  ${line}`)),
  ]
}

function paragraph(column: FeedbackColumn, width: number): string[] {
  const title = `${oneLine(column.prompt)} × ${oneLine(column.provider)}`
  const figures = FEEDBACK_FIGURES.map(({ label, of }) => `${label} ${of(column)}`).join(' · ')
  return [
    ...wrap(title, width - 2).map((line) => `  ${line}`),
    ...wrap(figures, width - 4).map((line) => `    ${line}`),
  ]
}
