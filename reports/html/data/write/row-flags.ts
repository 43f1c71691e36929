import { columnName } from '../../../../harness/model/column-name.ts'
import type { ColumnName } from '../../../../harness/model/column-name.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import { sharedCases } from '../../../format/shared-cases.ts'
import { FLAGS } from '../about.ts'

/** What a row's case and column tell of it, apart from its trial. */
export interface RowFlags {
  of(caseId: string, column: ColumnName): number
  /** Cases whose texts are in the page; undefined where all are. */
  readonly shown: ReadonlySet<string> | undefined
}

export function rowFlags(input: ReportInput): RowFlags {
  const { analysis, verdict } = input
  const gating = new Set(verdict.gates.map(({ column }) => column))
  for (const { gates, column } of analysis.comparison?.metrics ?? [])
    if (gates) gating.add(columnName(column))
  const isOut = ({ state }: { readonly state: string }) => state === 'active' || state === 'expires_soon'
  const out = new Set((analysis.quarantined ?? []).filter(isOut).map(({ caseId }) => caseId))
  const shown = sharedCases(input)
  return {
    shown,
    of: (caseId, column) =>
      (gating.has(columnName(column)) ? FLAGS.gates : 0) |
      (out.has(caseId) ? FLAGS.quarantined : 0) |
      (shown === undefined || shown.has(caseId) ? 0 : FLAGS.withheld),
  }
}
