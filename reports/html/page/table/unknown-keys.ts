import { visibleText } from '../safe-text/marks.ts'
import type { ViewState } from '../state/view-state.ts'
import type { CellColumn } from './columns.tsx'
import { isCaseSort } from './grouped-cases.ts'

/** A sentence for each order and column of an address that this table does not have. */
export function unknownKeys(
  { sort, byCase, columns = [] }: ViewState,
  every: readonly CellColumn[],
): string[] {
  const isColumn = (key: string) => every.some((column) => column.key === key)
  const isSort = byCase ? isCaseSort : isColumn
  return [
    ...(sort === undefined || isSort(sort.key) ? [] : [`Nothing here is ordered by “${shown(sort.key)}”.`]),
    ...columns.filter((key) => !isColumn(key)).map((key) => `There is no column “${shown(key)}”.`),
  ]
}

function shown(key: string): string {
  return visibleText(key.slice(0, 60))
}
