import { columnName, type RunComparison } from '../../harness/model/comparison.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Gate } from '../../harness/model/verdict.ts'
import { differenceSentence } from './difference-sentence.ts'
import { confirmedLines } from './flips.ts'
import { gateNotes, gateSentence } from './gate.ts'
import { comparedBy } from './metric-decision.ts'

const BROKEN_LISTED = 20

/** What a gate came to, where there is room for several lines: what was seen, the limit, what it would take to see more. */
export function gateMessage(gate: Gate, { analysis }: Pick<ReportInput, 'analysis'>): string[] {
  const compared = gate.comparison === undefined ? undefined : comparedBy(gate, analysis)
  return [
    ...(compared === undefined ? [] : [differenceSentence(compared)]),
    `observed ${gateSentence(gate)}`,
    ...gateNotes(gate, analysis),
    ...(gate.figure === 'count' ? brokenLines(analysis.comparison, gate.column) : []),
  ]
}

/** The confirmed broken cases: those of a column, else all. */
export function brokenLines(comparison: RunComparison | undefined, column?: string): string[] {
  if (comparison === undefined) return []
  const broken = comparison.broken.filter((one) => column === undefined || columnName(one.column) === column)
  const lines = confirmedLines({ broken })
  const more = lines.length - BROKEN_LISTED
  return [...lines.slice(0, BROKEN_LISTED), ...(more > 0 ? [`… and ${more} more.`] : [])]
}
