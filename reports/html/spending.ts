import type { ReportInput } from '../../harness/model/report.ts'
import { html } from '../format/escape-html.ts'
import { SPEND_FIGURES, type SpendPart, spendParts } from '../format/spending.ts'

/** What models, feedback and graders took, each apart, and all together. */
export function spendingSection({ analysis }: ReportInput): string {
  const parts = spendParts(analysis)
  if (parts.length === 0) return ''
  const titles = SPEND_FIGURES.map(({ label }) => `<th scope="col" class="number">${label}</th>`).join('')
  return `<h2>Spending</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">spent on</th>${titles}</tr></thead>
<tbody>${parts.map(row).join('')}</tbody></table></div>`
}

function row({ label, spend }: SpendPart): string {
  const figures = SPEND_FIGURES.map(({ of }) => `<td class="number">${html(of(spend))}</td>`)
  return `<tr><th scope="row">${label}</th>${figures.join('')}</tr>\n`
}
