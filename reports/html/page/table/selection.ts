import { type Rows, selectRows } from '../filter/select.ts'
import type { Term } from '../filter/term.ts'
import type { Vocabulary } from '../filter/vocabulary.ts'
import type { ReportData } from '../model/report-data.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import { type CaseOrder, caseOrder } from './case-order.ts'
import { inOrder, orderBy } from './sort-rows.ts'
import { sortValues } from './sort-values.ts'
import { searchGroups, type TextSearch } from './text-search.ts'
import type { Sort } from '../state/view-state.ts'

/** Chooses and orders rows; whole orders are kept, so that typing a filter sorts nothing. */
export interface Selector {
  readonly order: CaseOrder
  readonly rows: Rows
  /** Rows that meet the terms, ascending. */
  select(terms: readonly Term[]): Uint32Array
  inOrder(selected: Uint32Array, sort: Sort | undefined): Uint32Array
}

/** Orders kept: 400 kB each at 100,000 rows. */
const KEPT = 8

export function createSelector(
  data: ReportData,
  vocabulary: Vocabulary,
  reviews: ReviewStore,
  search: TextSearch,
): Selector {
  const order = caseOrder(data.main)
  const orders = new Map<string, Uint32Array>()
  let groups: ReadonlyMap<string, readonly string[]> = new Map()
  const rows: Rows = {
    arm: data.main,
    vocabulary,
    markOf: (row) => reviews.markOf(row),
    foundWith(text) {
      const words = groups.get(text)
      return words && search.found(words)
    },
  }

  function wholeOrder({ key, descending }: Sort): Uint32Array {
    const name = `${descending ? '-' : ''}${key}`
    const kept = orders.get(name)
    if (kept !== undefined) return kept
    const values = sortValues(key, data, reviews)
    const sorted = values === undefined ? order.rows : orderBy(values, descending, order)
    // Reviews change while the page is open.
    if (key === 'review') return sorted
    if (orders.size >= KEPT) orders.delete(orders.keys().next().value as string)
    orders.set(name, sorted)
    return sorted
  }

  return {
    order,
    rows,
    select(terms) {
      groups = new Map(searchGroups(terms, vocabulary).flatMap((words) => words.map((word) => [word, words])))
      return selectRows(terms, rows)
    },
    inOrder: (selected, sort) => inOrder(selected, sort === undefined ? order.rows : wholeOrder(sort)),
  }
}
