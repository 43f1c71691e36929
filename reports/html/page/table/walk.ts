import { CHANGES, OUTCOMES } from '../../data/about.ts'
import type { Arm } from '../model/arm.ts'
import { type CaseGroups, columnNumbers } from './case-groups.ts'
import type { Cursor } from './grid-model.ts'
import type { Selector } from './selection.ts'
import type { ShownCells } from './use-cells.ts'

const REGRESSED = CHANGES.indexOf('regressed')
const PASSED = OUTCOMES.indexOf('passed')

/** The row that a place of the table opens; undefined for an empty place. */
export function rowAt(shown: ShownCells, arm: Arm, cursor: Cursor): number | undefined {
  const { grouped, rows, isSelected } = shown
  if (grouped === undefined) return rows[cursor.row]
  const caseIndex = grouped.cases[cursor.row]
  const column = columnNumbers(grouped.columns)[cursor.column - 1]
  const found =
    caseIndex === undefined || column === undefined ? undefined : grouped.groups.group(caseIndex, column)
  if (found === undefined) return undefined
  const asked = found.rows.filter(isSelected)
  const these = asked.length > 0 ? asked : found.rows
  return these.find((row) => arm.outcome[row] !== PASSED) ?? these[0]
}

/** Where a row stands in the table; undefined where it is not shown. */
export function placeOf(shown: ShownCells, arm: Arm, row: number): Cursor | undefined {
  const { grouped, rows } = shown
  if (grouped === undefined) {
    const at = rows.indexOf(row)
    return at === -1 ? undefined : { row: at, column: 0 }
  }
  const at = grouped.cases.indexOf(arm.case[row] as number)
  const column = columnNumbers(grouped.columns).indexOf(arm.column[row] as number)
  return at === -1 || column === -1 ? undefined : { row: at, column: column + 1 }
}

/** The next place, up or down, of a regression; where nothing was compared, of a cell that did not pass. */
export function nextRegression(
  shown: ShownCells,
  selector: Selector,
  arm: Arm,
  isCompared: boolean,
  from: Cursor,
  by: 1 | -1,
): Cursor | undefined {
  const isWanted = (row: number) => (isCompared ? arm.change[row] === REGRESSED : arm.outcome[row] !== PASSED)
  const { grouped, rows } = shown
  if (grouped === undefined) {
    for (let at = from.row + by; at >= 0 && at < rows.length; at += by)
      if (isWanted(rows[at] as number)) return { row: at, column: 0 }
    return undefined
  }
  const { cases, columns, groups } = grouped
  for (let at = from.row + by; at >= 0 && at < cases.length; at += by) {
    const row = rowsOf(cases[at] as number, groups, selector).find(
      (one) => columns[arm.column[one] as number] === 1 && isWanted(one),
    )
    if (row !== undefined) return placeOf(shown, arm, row)
  }
  return undefined
}

/** The next place, up or down, that is not empty. */
export function nextPlace(shown: ShownCells, arm: Arm, from: Cursor, by: 1 | -1): Cursor | undefined {
  const length = shown.grouped?.cases.length ?? shown.rows.length
  for (let row = from.row + by; row >= 0 && row < length; row += by) {
    const place = { row, column: from.column }
    if (rowAt(shown, arm, place) !== undefined) return place
  }
  return undefined
}

function rowsOf(caseIndex: number, { starts }: CaseGroups, { order }: Selector): Uint32Array {
  return order.rows.subarray(starts[caseIndex], starts[caseIndex + 1])
}
