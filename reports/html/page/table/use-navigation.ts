import { useEffect } from 'preact/hooks'
import type { CellRef } from '../detail/case-rows.ts'
import type { ReportData } from '../model/report-data.ts'
import { cellOf } from '../state/cell-id.ts'
import type { View } from '../state/use-view.ts'
import { isCompared } from './columns.tsx'
import type { Cursor } from './grid-model.ts'
import type { ShownCells } from './use-cells.ts'
import { useCursor } from './use-cursor.ts'
import type { OpenCell } from './use-open-cell.ts'
import { nextPlace, nextRegression, placeOf, rowAt } from './walk.ts'

interface Navigation {
  /** Another text whenever the table holds another list. */
  readonly list: string
  readonly cursor: Cursor
  readonly moves: number
  readonly move: (cursor: Cursor) => void
  readonly openAt: (cursor: Cursor) => void
  readonly close: () => void
  readonly compareWith: (target: CellRef | undefined) => void
  /** To the next or previous place: opens it where a cell is open. False at the end. */
  readonly step: (by: 1 | -1) => boolean
  /** The same to the next regression, which may be where the reader is. */
  readonly jump: (by: 1 | -1, orHere: boolean) => boolean
}

/** Going from cell to cell, and opening them. */
export function useNavigation(data: ReportData, shown: ShownCells, view: View, open: OpenCell): Navigation {
  const { main } = data
  const { state, change } = view
  const { q, sort, byCase } = state
  const list = JSON.stringify([q, sort, byCase])
  const places = shown.grouped?.cases.length ?? shown.rows.length
  const openPlace = () => (open.row === undefined ? undefined : placeOf(shown, main, open.row))
  const first = { row: 0, column: byCase ? 1 : 0 }
  const { cursor, moves, move } = useCursor(list, places, first, openPlace, view.arrivals)

  const show = (row: number, how: 'push' | 'replace') =>
    change({ cell: cellOf(main, row), compare: undefined }, how)
  const go = (place: Cursor | undefined): boolean => {
    if (place === undefined) return false
    move(place)
    const row = rowAt(shown, main, place)
    if (open.row !== undefined && row !== undefined) show(row, 'replace')
    return true
  }

  useEffect(() => {
    // A link of the page to a cell leaves the filter as it is.
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#cell="]') : null
      if (
        link === null ||
        event.button !== 0 ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey ||
        event.altKey
      )
        return
      event.preventDefault()
      change({ cell: (link.getAttribute('href') ?? '').slice('#cell='.length), compare: undefined }, 'push')
    }
    document.addEventListener('click', follow)
    return () => document.removeEventListener('click', follow)
  }, [change])

  return {
    list,
    cursor,
    moves,
    move,
    openAt(place) {
      const row = rowAt(shown, main, place)
      move(place)
      if (row !== undefined) show(row, 'push')
    },
    close: () => change({ cell: undefined, compare: undefined }, 'push'),
    compareWith(target) {
      const arm = target?.arm === 'base' ? data.base : main
      const compare =
        target === undefined || arm === undefined
          ? undefined
          : { arm: target.arm, cell: cellOf(arm, target.row) }
      change({ compare }, 'replace')
    },
    step(by) {
      // From a cell that the filter leaves out, on to where the reader was in the table.
      const isAway = open.row !== undefined && openPlace() === undefined
      return go(isAway ? cursor : nextPlace(shown, main, cursor, by))
    },
    jump: (by, orHere) => go(nextRegression(shown, main, isCompared(data), { from: cursor, by, orHere })),
  }
}
