import type { ReportInput } from '../../harness/model/report.ts'
import { fallenCases } from './flips.ts'

/** Cases that are shown where nobody named any. */
const MOST_SHOWN = 50

/**
 * The cases whose texts a shared report shows: those that were named, else those that the verdict names (the cases that got worse in a
 * column that gates, the broken ones first; without any, those that failed most). Undefined for a report that shows all.
 */
export function sharedCases({ analysis, share }: ReportInput): ReadonlySet<string> | undefined {
  if (share === undefined) return undefined
  if (share.cases !== undefined) return new Set(share.cases)
  const { comparison, worst } = analysis
  const fallen = comparison === undefined ? [] : fallenCases(comparison).filter(({ gates }) => gates)
  const named = fallen.length > 0 ? fallen.map(({ at }) => at.caseId) : worst.map(({ caseId }) => caseId)
  return new Set([...new Set(named)].slice(0, MOST_SHOWN))
}
