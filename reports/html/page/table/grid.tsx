import type { VNode } from 'preact'
import { useCallback, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { GridHead } from './grid-head.tsx'
import { movedBy } from './grid-keys.ts'
import { cellClass, layOut, scrollLeftFor } from './grid-layout.ts'
import type { Cursor, GridProps, Layout } from './grid-model.ts'
import { type ScrollPlace, usePane } from './use-pane.ts'
import { scrollTopFor, type Window, windowAt } from './window.ts'

/** A table of any length and width: only what is in sight, and a little around it, is in the document. */
export function Grid(props: GridProps) {
  const { columns, rows, rowHeight, headHeight, version, list, cursor, cursorIs } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const keyOf = useCallback(
    (place: ScrollPlace) => {
      const { first, end, top, total } = windowAt(paneOf(place, props))
      return [first, end, top, total, place.width, ...layOut(columns, place.left, place.width).drawn].join()
    },
    [columns, rows, rowHeight, headHeight],
  )
  const place = usePane(scroller, keyOf)
  const layout = layOut(columns, place.left, place.width)
  const window = windowAt(paneOf(place, props))
  const drawRow = useRowCache(id, layout, props, [version, columns, layout.template, layout.drawn.join()])
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0
  }, [list])
  useReveal(scroller, props, layout)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.floor((place.height - headHeight) / rowHeight)
    const to = movedBy(event.key, cursor, {
      rows,
      columns: columns.length,
      firstColumn: layout.sticky,
      page,
      moves: cursorIs,
    })
    // Letters are the page's: they work wherever the reader is, and can be turned off.
    if (event.key.length === 1 || (to === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    if (to === undefined) props.onOpen(cursor)
    else props.onCursor(to)
  }
  const onClick = (event: MouseEvent) => {
    const at = cursorAt(event.target)
    if (at === undefined || !(document.getSelection()?.isCollapsed ?? true)) return
    props.onOpen({ row: at.row, column: Math.max(layout.sticky, at.column) })
  }
  const isDrawn = cursor.row >= window.first && cursor.row < window.end
  const isCellDrawn = isDrawn && (cursorIs === 'row' || layout.drawn.includes(cursor.column))
  return (
    <div
      ref={scroller}
      class="grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows + 1}
      aria-colcount={columns.length}
      aria-readonly="true"
      aria-activedescendant={isCellDrawn ? cursorId(id, cursor, cursorIs) : undefined}
      tabIndex={0}
      style={variables(props, layout)}
      onKeyDown={onKeyDown}
    >
      <GridHead columns={columns} layout={layout} scroller={scroller} onSort={props.onSort} />
      <div class="grid-body" role="rowgroup" style={{ height: `${window.total}px` }} onClick={onClick}>
        <div class="grid-rows" role="presentation" style={{ transform: `translateY(${window.top}px)` }}>
          {drawnRows(window, drawRow)}
        </div>
      </div>
    </div>
  )
}

function drawnRows({ first, end }: Window, drawRow: (row: number) => VNode): VNode[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => drawRow(first + i))
}

/** Rows that look as they did are the same nodes, which the renderer then passes over. */
function useRowCache(
  id: string,
  layout: Layout,
  props: GridProps,
  parts: readonly unknown[],
): (row: number) => VNode {
  const cache = useRef({ parts, rows: new Map<number, VNode>() })
  if (parts.some((part, i) => part !== cache.current.parts[i])) cache.current = { parts, rows: new Map() }
  const { rows } = cache.current
  if (rows.size > 500) rows.clear()
  return (row) => {
    if (row === props.cursor.row) return gridRow(id, row, layout, props)
    let drawn = rows.get(row)
    if (drawn === undefined) rows.set(row, (drawn = gridRow(id, row, layout, props)))
    return drawn
  }
}

function gridRow(id: string, row: number, layout: Layout, props: GridProps): VNode {
  const isAt = row === props.cursor.row
  const isRowAt = isAt && props.cursorIs === 'row'
  return (
    <div
      key={row}
      id={`${id}-${row}`}
      class={isRowAt ? 'grid-row at' : 'grid-row'}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={props.cursorIs === 'row' ? isRowAt : undefined}
      data-row={row}
    >
      {layout.drawn.map((column, i) => {
        const isCellAt = isAt && props.cursorIs === 'cell' && column === props.cursor.column
        return (
          <div
            key={column}
            id={isCellAt ? cursorId(id, props.cursor, 'cell') : undefined}
            role="gridcell"
            class={`${cellClass(layout, i, props.columns[column]?.isNumber ?? false)}${isCellAt ? ' at' : ''}`}
            aria-colindex={column + 1}
            aria-selected={props.cursorIs === 'cell' ? isCellAt : undefined}
            data-column={column}
          >
            {props.renderCell(row, column)}
          </div>
        )
      })}
    </div>
  )
}

function cursorId(id: string, { row, column }: Cursor, cursorIs: 'row' | 'cell'): string {
  return cursorIs === 'row' ? `${id}-${row}` : `${id}-${row}-${column}`
}

function cursorAt(target: EventTarget | null): Cursor | undefined {
  if (!(target instanceof Element)) return undefined
  const cell = target.closest<HTMLElement>('[data-column]')
  const row = cell?.closest<HTMLElement>('[data-row]')
  if (cell == null || row == null) return undefined
  return { row: Number(row.dataset.row), column: Number(cell.dataset.column) }
}

function paneOf({ top, height }: ScrollPlace, { rowHeight, rows, headHeight }: GridProps) {
  return { scrollTop: top, height: Math.max(0, height - headHeight), rowHeight, rows }
}

/** Scrolls the cursor into sight after it was moved. */
function useReveal(scroller: { current: HTMLDivElement | null }, props: GridProps, layout: Layout): void {
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || props.moves === 0) return
    const place = {
      top: element.scrollTop,
      left: element.scrollLeft,
      width: element.clientWidth,
      height: element.clientHeight,
    }
    const top = scrollTopFor(props.cursor.row, paneOf(place, props))
    if (top !== element.scrollTop) element.scrollTop = top
    if (props.cursorIs === 'row') return
    const left = scrollLeftFor(
      props.cursor.column,
      props.columns,
      layout,
      element.scrollLeft,
      element.clientWidth,
    )
    if (left !== element.scrollLeft) element.scrollLeft = left
  }, [props.moves])
}

function variables({ rowHeight, headHeight }: GridProps, layout: Layout): Record<string, string> {
  return {
    '--template': layout.template,
    '--row': `${rowHeight}px`,
    '--head': `${headHeight}px`,
    '--width': `${layout.width}px`,
    '--lead': String(layout.sticky + 2),
    ...Object.fromEntries(layout.lefts.map((left, i) => [`--left-${i}`, `${left}px`])),
  }
}
