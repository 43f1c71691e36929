import type { ReportData } from '../model/report-data.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import type { Sort } from '../state/view-state.ts'
import type { Cursor } from './grid-model.ts'
import type { ShownCells } from './use-cells.ts'
import type { Screen } from './use-screen.ts'

/** What both kinds of table are given. */
export interface TableProps {
  readonly data: ReportData
  readonly reviews: ReviewStore
  readonly shown: ShownCells
  readonly screen: Screen
  readonly cursor: Cursor
  readonly moves: number
  readonly list: string
  readonly sort: Sort | undefined
  readonly onSort: (sort: Sort | undefined) => void
  readonly onCursor: (cursor: Cursor) => void
  readonly onOpen: (cursor: Cursor) => void
}

/** The next order when a column's head is pressed: its interesting end first, then the other, then none. */
export function nextSort(sort: Sort | undefined, key: string, startsDescending: boolean): Sort | undefined {
  if (sort?.key !== key) return { key, descending: startsDescending }
  return sort.descending === startsDescending ? { key, descending: !startsDescending } : undefined
}

export function directionOf(sort: Sort | undefined, key: string): 'ascending' | 'descending' | undefined {
  if (sort?.key !== key) return undefined
  return sort.descending ? 'descending' : 'ascending'
}
