import type { GridColumn, Layout } from './grid-model.ts'
import { columnsInSight } from './window.ts'

/** Which columns are drawn at a place of the horizontal scroll bar. A run may have thousands. */
export function layOut(columns: readonly GridColumn[], scrollLeft: number, width: number): Layout {
  const widths = stretched(columns, width)
  const sticky = columns.filter((column) => column.sticky).length
  const lefts: number[] = []
  let stickyWidth = 0
  for (let i = 0; i < sticky; i++) {
    lefts.push(stickyWidth)
    stickyWidth += widths[i] as number
  }
  const others = widths.slice(sticky)
  const seen = columnsInSight(others, scrollLeft, Math.max(0, width - stickyWidth))
  const shown = others.slice(seen.first, seen.end)
  const tracks = [...widths.slice(0, sticky), seen.before, ...shown].map((track) => `${track}px`)
  return {
    drawn: [...widths.keys()].filter(
      (i) => i < sticky || (i >= sticky + seen.first && i < sticky + seen.end),
    ),
    sticky,
    template: tracks.join(' '),
    width: widths.reduce((sum, each) => sum + each, 0),
    lefts,
    stickyWidth,
  }
}

/** Where to scroll sideways so that a column is in sight. */
export function scrollLeftFor(
  column: number,
  columns: readonly GridColumn[],
  { sticky, stickyWidth }: Layout,
  scrollLeft: number,
  width: number,
): number {
  if (column < sticky) return scrollLeft
  const widths = stretched(columns, width)
  let left = 0
  for (let i = sticky; i < column; i++) left += widths[i] as number
  const right = left + (widths[column] ?? 0)
  const room = width - stickyWidth
  if (left < scrollLeft) return left
  return right > scrollLeft + room ? Math.max(0, right - room) : scrollLeft
}

/** Class of the i-th drawn cell of a row. */
export function cellClass({ sticky }: Layout, i: number, isNumber: boolean): string {
  const place =
    i < sticky ? ` stick stick-${i}${i === sticky - 1 ? ' last' : ''}` : i === sticky ? ' lead' : ''
  return `grid-cell${place}${isNumber ? ' number' : ''}`
}

/** Room to spare goes to the columns that may take it, to each by how much it may. */
function stretched(columns: readonly GridColumn[], width: number): number[] {
  const roomIn = ({ width: own, widest = own }: GridColumn) => Math.max(0, widest - own)
  const spare = width - columns.reduce((sum, column) => sum + column.width, 0)
  const room = columns.reduce((sum, column) => sum + roomIn(column), 0)
  const share = room === 0 ? 0 : Math.max(0, Math.min(1, spare / room))
  return columns.map((column) => Math.floor(column.width + roomIn(column) * share))
}
