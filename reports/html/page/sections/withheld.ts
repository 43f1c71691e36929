import type { ReportInput } from '../../../../harness/model/report.ts'
import { sharedCases } from '../../../format/shared-cases.ts'

/** True for a case whose prompts and replies are left out of a page that is shared. */
export function isWithheld(input: ReportInput, caseId: string): boolean {
  const shown = sharedCases(input)
  return shown !== undefined && !shown.has(caseId)
}
