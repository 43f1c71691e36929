import type { Analysis } from '../../harness/model/analysis.ts'
import { inWords, isWorthListing, type SpendPart, spendParts } from '../format/spending.ts'
import { pad, widthOf, wrap } from './fit.ts'
import type { Paint } from './paint.ts'

/** What models, feedback and graders took, each apart, and all together. */
export function spendingList(analysis: Analysis, width: number, paint: Paint): string[] {
  if (!isWorthListing(analysis)) return []
  const parts = spendParts(analysis)
  const labelWidth = Math.max(...parts.map(({ label }) => widthOf(label)))
  return [paint('bold', 'Spending'), ...parts.flatMap((part) => paragraph(part, labelWidth, width))]
}

function paragraph({ label, spend }: SpendPart, labelWidth: number, width: number): string[] {
  const indent = ' '.repeat(labelWidth + 4)
  const [first = '', ...rest] = wrap(inWords(spend), width - indent.length)
  const others = rest.map((line) => indent + line)
  return [`  ${pad(label, labelWidth, 'left')}  ${first}`, ...others]
}
