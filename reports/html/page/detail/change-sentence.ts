import { columnName } from '../../../../harness/model/column-name.ts'
import { count } from '../../../format/figures.ts'
import type { ReportData } from '../model/report-data.ts'
import { changeSign, type Sign } from '../table/words.ts'
import { armOf, counterpartOf, rowsOfCase, tallyOf } from './case-rows.ts'

/** What became of a cell's case and column against what it is compared with, and both counts. */
export interface Change extends Sign {
  /** `passed 3 of 3 in the baseline, 1 of 3 now` */
  readonly counts: string
}

/** Undefined where there is nothing to compare with. */
export function changeOf(data: ReportData, row: number): Change | undefined {
  const sign = changeSign(data.main, row)
  const other = counterpartOf(data, row)
  if (sign === undefined || other === undefined) return undefined
  const arm = armOf(data, other)
  const caseIndex = data.main.case[row] as number
  const before = tallyOf(arm, rowsOfCase(arm, caseIndex, arm.column[other.row]))
  const now = tallyOf(data.main, rowsOfCase(data.main, caseIndex, data.main.column[row]))
  const column = arm.columns[arm.column[other.row] as number]
  const where =
    other.arm === 'base' ? 'the baseline' : column === undefined ? 'the other column' : columnName(column)
  return {
    ...sign,
    counts: `passed ${count(before.passed)} of ${count(before.scored)} in ${where}, ${count(now.passed)} of ${count(now.scored)} now`,
  }
}
