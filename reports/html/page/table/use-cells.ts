import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks'
import { type Filter, parseFilter } from '../filter/parse.ts'
import { selectColumns } from '../filter/select.ts'
import type { Term } from '../filter/term.ts'
import { createVocabulary, type Vocabulary } from '../filter/vocabulary.ts'
import type { ReportData } from '../model/report-data.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import type { ViewState } from '../state/view-state.ts'
import { type CaseGroups, caseGroups } from './case-groups.ts'
import { groupedCases } from './grouped-cases.ts'
import { createSelector, type Selector } from './selection.ts'
import { createTextSearch, searchGroups, type TextSearch } from './text-search.ts'

export interface ShownCells {
  readonly vocabulary: Vocabulary
  readonly selector: Selector
  readonly search: TextSearch
  readonly filter: Filter
  /** Rows that meet the filter, in the order of the table. */
  readonly rows: Uint32Array
  /** For each row: 1 where it meets the filter. */
  readonly isSelected: (row: number) => boolean
  /** Where they are grouped: the cases, and the columns that the filter leaves. */
  readonly grouped:
    | { readonly cases: Uint32Array; readonly columns: Uint8Array; readonly groups: CaseGroups }
    | undefined
  /** Counts changes of reviews. */
  readonly reviewed: number
  /** How many rows meet the terms; undefined where that takes a search through the texts. */
  readonly countOf: (terms: readonly Term[]) => number | undefined
}

/** The cells that a view shows. */
export function useCells(data: ReportData, reviews: ReviewStore, view: ViewState): ShownCells {
  const [searched, found] = useReducer((n: number) => n + 1, 0)
  const [reviewed, review] = useReducer((n: number) => n + 1, 0)
  const parts = useMemo(() => {
    const vocabulary = createVocabulary(data)
    const search = createTextSearch(data.main.rows, data.search, () => found(undefined))
    return { vocabulary, search, selector: createSelector(data, vocabulary, reviews, search) }
  }, [data])
  const { vocabulary, search, selector } = parts
  const groups = useRef<CaseGroups | undefined>(undefined)
  useEffect(() => reviews.subscribe(() => review(undefined)), [reviews])

  const filter = useMemo(() => parseFilter(view.q, vocabulary), [view.q])
  useEffect(() => {
    search.want(searchGroups(filter.terms, vocabulary))
    found(undefined)
  }, [filter])
  const { terms } = filter
  // Reviews, and what was found by now, change what a filter finds only where it asks for them.
  const asksText = terms.some(({ kind }) => kind === 'text')
  const asksReview = terms.some((term) => term.kind === 'status' && term.statuses.some(isReview))
  const selected = useMemo(
    () => selector.select(terms),
    [filter, asksText && searched, asksReview && reviewed],
  )
  const rows = useMemo(
    () => selector.inOrder(selected, view.byCase ? undefined : view.sort),
    [selected, view.sort, view.byCase, view.sort?.key === 'review' && reviewed],
  )
  const grouped = useMemo(() => {
    if (!view.byCase) return undefined
    groups.current ??= caseGroups(data.main, selector.order, data.cases.size)
    const columns = selectColumns(terms, selector.rows)
    const cases = groupedCases(data, selected, selector.order, groups.current, columns, view.sort)
    return { cases, columns, groups: groups.current }
  }, [selected, view.byCase, view.sort])
  const isSelected = useMemo(() => {
    if (selected.length === data.main.rows) return () => true
    const bits = new Uint8Array(data.main.rows)
    for (const row of selected) bits[row] = 1
    return (row: number) => bits[row] === 1
  }, [selected])
  const countOf = (some: readonly Term[]) =>
    searchGroups(some, vocabulary).every(search.isDone) ? selector.select(some).length : undefined
  return { vocabulary, selector, search, filter, rows, isSelected, grouped, reviewed, countOf }
}

function isReview(status: string): boolean {
  return status === 'reviewed' || status === 'disputed'
}
