import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Detail } from '../detail/detail.tsx'
import type { ReportData } from '../model/report-data.ts'
import { ReviewBar } from '../reviews/review-bar.tsx'
import type { ReviewStore } from '../reviews/review-store.ts'
import type { Sort } from '../state/view-state.ts'
import { useView } from '../state/use-view.ts'
import { CaseTable } from './case-table.tsx'
import { CellTable } from './cell-table.tsx'
import { everyColumn, usualColumns } from './columns.tsx'
import { countSentence } from './count-sentence.ts'
import { FilterField } from './filter-field.tsx'
import { FilterStatus } from './filter-status.tsx'
import { Help } from './help.tsx'
import { Nothing } from './nothing.tsx'
import { Notices } from './notices.tsx'
import { quickFilters } from './quick-counts.ts'
import { QuickFilters } from './quick-filters.tsx'
import { sortFitting } from './sort-values.ts'
import { Spoken } from './spoken.tsx'
import { Toolbar } from './toolbar.tsx'
import { unknownKeys } from './unknown-keys.ts'
import { useCells } from './use-cells.ts'
import { useCopy } from './use-copy.ts'
import { useFilterText } from './use-filter-text.ts'
import { useNavigation } from './use-navigation.ts'
import { useOpenCell } from './use-open-cell.ts'
import { useScreen } from './use-screen.ts'
import { useLetters, useShortcuts } from './use-shortcuts.ts'

interface CellsProps {
  readonly data: ReportData
  readonly reviews: ReviewStore
}

const STATUS_ID = 'cells-filter-status'

/** All cells: the filter, the table, and the cell that is open. */
export function Cells({ data, reviews }: CellsProps) {
  const root = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const refocus = useRef(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const [lettersOn, setLetters] = useLetters()
  const screen = useScreen()
  const view = useView()
  const { state, change } = view
  const shown = useCells(data, reviews, state)
  const filter = useFilterText(view, shown.vocabulary)
  const open = useOpenCell(data, state)
  const nav = useNavigation(data, shown, view, open)
  const [copied, copy] = useCopy(data, reviews)
  const every = useMemo(() => everyColumn(data, reviews), [data, reviews])
  const usual = useMemo(() => usualColumns(data), [data])
  const keys = useMemo(() => new Set([...(state.columns ?? usual), 'case']), [state.columns, usual])
  const columns = useMemo(() => every.filter(({ key }) => keys.has(key)), [every, keys])
  const quick = useMemo(() => quickFilters(data, reviews), [data, shown.reviewed])

  const grid = () => root.current?.querySelector<HTMLElement>('.grid')
  useLayoutEffect(() => {
    // The other table is another element.
    if (refocus.current) grid()?.focus()
    refocus.current = false
  }, [state.byCase])
  const onSort = (sort: Sort | undefined) => change({ sort }, 'replace')
  const toggleByCase = () => {
    const byCase = !state.byCase
    refocus.current = document.activeElement === grid()
    change({ byCase, sort: sortFitting(state.sort, byCase) }, 'push')
  }
  /** Into the table, where the reader is not in it or in a cell. */
  const enter = (): boolean => {
    const element = grid()
    if (open.row !== undefined || document.activeElement === element || element == null) return false
    element.focus()
    nav.move(nav.cursor)
    return true
  }
  const jump = (by: 1 | -1) => () => nav.jump(by, enter())
  useShortcuts(
    {
      '/': () => field.current?.focus(),
      '?': () => setHelpOpen(true),
      j: () => enter() || nav.step(1),
      k: () => enter() || nav.step(-1),
      '[': jump(-1),
      ']': jump(1),
      g: toggleByCase,
      s: () => root.current?.querySelector<HTMLElement>(SORTS)?.focus(),
      c: () => copy(shown.rows, 'csv'),
      C: () => copy(shown.rows, 'jsonl'),
      Escape: open.row === undefined ? undefined : nav.close,
    },
    lettersOn,
  )

  const table = {
    data,
    reviews,
    shown,
    screen,
    cursor: nav.cursor,
    moves: nav.moves,
    list: nav.list,
    sort: state.sort,
    onSort,
    onCursor: nav.move,
    onOpen: nav.openAt,
  }
  const sentence = countSentence(data, shown)
  return (
    <>
      <div ref={root} class={open.row === undefined ? 'all-cells' : 'all-cells with-detail'}>
        <h2>All cells</h2>
        <Notices of={[...view.ignored, ...unknownKeys(state, every), ...open.missing]} />
        <FilterField
          field={field}
          text={filter.text}
          vocabulary={shown.vocabulary}
          describedBy={STATUS_ID}
          isWrong={filter.problems.length > 0}
          onText={filter.type}
          onLeave={() => {
            filter.finish()
            grid()?.focus()
          }}
        />
        <FilterStatus
          id={STATUS_ID}
          terms={shown.filter.terms}
          problems={filter.problems}
          progress={shown.search.progress()}
          searchProblem={shown.search.problem()}
        />
        <div class="bar">
          <QuickFilters filters={quick} terms={shown.filter.terms} onTerms={filter.setTerms} />
          <Toolbar
            byCase={state.byCase}
            isNarrow={screen.isNarrow}
            columns={every}
            shown={keys}
            sort={state.sort}
            onByCase={toggleByCase}
            onSort={onSort}
            onShown={(chosen) => change({ columns: chosen }, 'replace')}
            onCopy={(format) => copy(shown.rows, format)}
            onHelp={() => setHelpOpen(true)}
          />
        </div>
        <p class="count">
          {sentence} {copied !== '' && <span class="quiet">{copied}</span>}
        </p>
        <Spoken text={filter.problems[0]?.message ?? `${sentence} ${copied}`} />
        <ReviewBar store={reviews} about={data.about} />
        {shown.rows.length === 0 ? (
          <Nothing
            terms={shown.filter.terms}
            isSearching={shown.search.progress() !== undefined}
            countOf={shown.countOf}
            onTerms={(terms) => {
              filter.setTerms(terms)
              // The button that was pressed goes with the sentence.
              field.current?.focus()
            }}
          />
        ) : state.byCase ? (
          <CaseTable {...table} />
        ) : (
          <CellTable {...table} columns={columns} />
        )}
        <Help
          isOpen={helpOpen}
          lettersOn={lettersOn}
          onLetters={setLetters}
          onClose={() => setHelpOpen(false)}
        />
      </div>
      {open.row !== undefined && (
        <Detail
          data={data}
          row={open.row}
          compare={open.compare}
          reviews={reviews}
          lettersOn={lettersOn}
          onClose={nav.close}
          onCompare={nav.compareWith}
          onStep={nav.step}
        />
      )}
    </>
  )
}

/** Where the order is chosen: the head of the column that has it, else the first; the menu where there are no heads. */
const SORTS = '.grid-head [data-sorted="true"], .grid-head button:not([tabindex="-1"]), .sort select'
