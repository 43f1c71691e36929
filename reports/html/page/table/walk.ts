import { CHANGES, OUTCOMES } from '../../data/about.ts'
import type { Arm } from '../model/arm.ts'
import { type CaseGroups, columnNumbers } from './case-groups.ts'
import type { Cursor } from './grid-model.ts'
import type { Selector } from './selection.ts'
import type { ShownCells } from './use-cells.ts'

const REGRESSED = CHANGES.indexOf('regressed')
const PASSED = OUTCOMES.indexOf('passed')

/** What of the cells that are shown is walked through. */
type Walked = Pick<ShownCells, 'rows' | 'grouped' | 'isSelected'> & {
  readonly selector: Pick<Selector, 'order'>
}

/** The row that a place of the table opens; undefined for an empty place. */
export function rowAt(shown: Walked, arm: Arm, cursor: Cursor): number | undefined {
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
export function placeOf(shown: Walked, arm: Arm, row: number): Cursor | undefined {
  const { grouped, rows } = shown
  if (grouped === undefined) {
    const at = rows.indexOf(row)
    return at === -1 ? undefined : { row: at, column: 0 }
  }
  const at = grouped.cases.indexOf(arm.case[row] as number)
  const column = columnNumbers(grouped.columns).indexOf(arm.column[row] as number)
  return at === -1 || column === -1 ? undefined : { row: at, column: column + 1 }
}

interface Jump {
  readonly from: Cursor
  readonly by: 1 | -1
  /** Whether the place it starts from counts. */
  readonly orHere: boolean
}

/** The next place, up or down, of a regression; where nothing was compared, of a cell that did not pass. */
export function nextRegression(
  shown: Walked,
  arm: Arm,
  isCompared: boolean,
  { from, by, orHere }: Jump,
): Cursor | undefined {
  const { grouped, rows, isSelected } = shown
  const isWanted = (row: number) => (isCompared ? arm.change[row] === REGRESSED : arm.outcome[row] !== PASSED)
  if (grouped === undefined) {
    for (let at = orHere ? from.row : from.row + by; at >= 0 && at < rows.length; at += by)
      if (isWanted(rows[at] as number)) return { row: at, column: 0 }
    return undefined
  }
  const { cases, columns, groups } = grouped
  const here = columnNumbers(columns)[from.column - 1] ?? -1
  for (let at = from.row; at >= 0 && at < cases.length; at += by) {
    const isNext = (row: number) => {
      const column = arm.column[row] as number
      const isBeyond = at !== from.row || (column - here) * by > 0 || (orHere && column === here)
      return isBeyond && columns[column] === 1 && isSelected(row) && isWanted(row)
    }
    const ofCase = rowsOf(cases[at] as number, groups, shown.selector)
    const row = by === 1 ? ofCase.find(isNext) : ofCase.findLast(isNext)
    if (row !== undefined) return placeOf(shown, arm, row)
  }
  return undefined
}

/** The next place, up or down, that is not empty. */
export function nextPlace(shown: Walked, arm: Arm, from: Cursor, by: 1 | -1): Cursor | undefined {
  const length = shown.grouped?.cases.length ?? shown.rows.length
  for (let row = from.row + by; row >= 0 && row < length; row += by) {
    const place = { row, column: from.column }
    if (rowAt(shown, arm, place) !== undefined) return place
  }
  return undefined
}

function rowsOf(caseIndex: number, { starts }: CaseGroups, { order }: Walked['selector']): Uint32Array {
  return order.rows.subarray(starts[caseIndex], starts[caseIndex + 1])
}
