import type { ReportData } from '../model/report-data.ts'
import type { Sort } from '../state/view-state.ts'
import type { CaseGroups } from './case-groups.ts'
import { casePassing } from './case-groups.ts'
import type { CaseOrder } from './case-order.ts'

const COLUMN = /^column:(\d{1,6})$/

/** Whether grouped cases can be ordered so: worst or most different first, or by the scores in a column, by its number. */
export function isCaseSort(key: string): boolean {
  return key === 'worst' || key === 'differs' || COLUMN.test(key)
}

/** The cases with at least one selected row, in order; those without a figure last. */
export function groupedCases(
  data: ReportData,
  selected: Uint32Array,
  order: CaseOrder,
  groups: CaseGroups,
  columns: Uint8Array,
  sort: Sort | undefined,
): Uint32Array {
  const { main, cases } = data
  const present = new Uint8Array(cases.size)
  for (const row of selected) present[main.case[row] as number] = 1
  const values = sort === undefined ? undefined : caseValues(data, order, groups, columns, sort.key)
  const indices = Uint32Array.from({ length: cases.size }, (_, index) => index).filter(
    (index) => present[index] === 1,
  )
  if (values === undefined) return indices
  const sign = sort?.descending === true ? -1 : 1
  const valueOf = (index: number) => {
    const value = values(index)
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value
  }
  const keys = Float64Array.from({ length: cases.size }, (_, index) =>
    present[index] === 1 ? valueOf(index) : 0,
  )
  return indices.sort((a, b) => compared(keys[a] as number, keys[b] as number) || a - b)
}

function compared(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function caseValues(
  { main }: ReportData,
  order: CaseOrder,
  groups: CaseGroups,
  columns: Uint8Array,
  key: string,
): ((caseIndex: number) => number) | undefined {
  if (key === 'worst' || key === 'differs') {
    const { mean, spread } = casePassing(main, order, groups, columns)
    const values = key === 'worst' ? mean : spread
    return (index) => values[index] ?? Number.NaN
  }
  const column = COLUMN.exec(key)
  if (column === null) return undefined
  return (index) => groups.group(index, Number(column[1]))?.score ?? Number.NaN
}
