import type { Arm } from '../model/arm.ts'
import type { ReportData } from '../model/report-data.ts'
import { outcomeOf } from '../table/words.ts'

/** A cell by the run or baseline it is of, and its place there. */
export interface CellRef {
  readonly arm: 'main' | 'base'
  readonly row: number
}

export function armOf(data: ReportData, { arm }: Pick<CellRef, 'arm'>): Arm {
  return arm === 'base' && data.base !== undefined ? data.base : data.main
}

/** Rows of a case, of one column or of all, in the order of columns and repeats. */
export function rowsOfCase(arm: Arm, caseIndex: number, column?: number): number[] {
  const rows: number[] = []
  for (let row = arm.case.indexOf(caseIndex); row !== -1; row = arm.case.indexOf(caseIndex, row + 1))
    if (column === undefined || arm.column[row] === column) rows.push(row)
  return rows.sort(
    (a, b) =>
      order(arm, a, 'column') - order(arm, b, 'column') || order(arm, a, 'repeat') - order(arm, b, 'repeat'),
  )
}

/** What a cell is compared with unless another is chosen: its baseline's cell of the same repeat, or the other column's. */
export function counterpartOf(data: ReportData, row: number): CellRef | undefined {
  const { about, main, base } = data
  const column = main.column[row] as number
  const paired = about.base?.pairs[column] ?? -1
  if (base !== undefined && paired >= 0) return sameRepeat(data, { arm: 'base', column: paired }, row)
  const other = about.against?.[column] ?? -1
  return other >= 0 ? sameRepeat(data, { arm: 'main', column: other }, row) : undefined
}

/** The cell of the same case in a column, of the same repeat where there is one, else of its first. */
function sameRepeat(
  data: ReportData,
  { arm: kind, column }: { readonly arm: CellRef['arm']; readonly column: number },
  row: number,
): CellRef | undefined {
  const arm = armOf(data, { arm: kind })
  const rows = rowsOfCase(arm, data.main.case[row] as number, column)
  const found = rows.find((other) => arm.repeat[other] === data.main.repeat[row]) ?? rows[0]
  return found === undefined ? undefined : { arm: kind, row: found }
}

/** Passed and scored cells: errored ones are missing. */
export interface Tally {
  readonly passed: number
  readonly scored: number
}

export function tallyOf(arm: Arm, rows: readonly number[]): Tally {
  const scored = rows.filter((row) => outcomeOf(arm, row) !== 'errored')
  return { passed: scored.filter((row) => outcomeOf(arm, row) === 'passed').length, scored: scored.length }
}

function order(arm: Arm, row: number, by: 'column' | 'repeat'): number {
  return arm[by][row] as number
}
