import { renderToString } from 'preact-render-to-string'
import type { ReportView } from '../page-module.ts'
import { visibleText } from './safe-text/marks.ts'
import { Report } from './sections/report.tsx'

/**
 * The body of the page as HTML: what reads without a script. Whatever a section shows of a model's or a dataset's text, no character
 * is left in it that hides, controls or reorders anything.
 */
export function renderBody(view: ReportView): string {
  return visibleText(renderToString(<Report view={view} />))
}
