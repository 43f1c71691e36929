import type { Cursor } from './grid-model.ts'

/** What the grid is, for moving in it. */
interface Extent {
  readonly rows: number
  readonly columns: number
  /** Columns before this one cannot be entered. */
  readonly firstColumn: number
  /** Rows in sight. */
  readonly page: number
  readonly moves: 'row' | 'cell'
}

/** Where a key of the keyboard moves the cursor; undefined for keys that do not. */
export function movedBy(key: string, { row, column }: Cursor, extent: Extent): Cursor | undefined {
  const to = (wantedRow: number, wantedColumn = column): Cursor => ({
    row: clamp(wantedRow, 0, extent.rows - 1),
    column: clamp(wantedColumn, extent.firstColumn, extent.columns - 1),
  })
  const page = Math.max(1, extent.page - 1)
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(row + 1)
    case 'ArrowUp':
    case 'k':
      return to(row - 1)
    case 'PageDown':
      return to(row + page)
    case 'PageUp':
      return to(row - page)
    case 'Home':
      return to(0)
    case 'End':
      return to(extent.rows - 1)
    case 'ArrowRight':
    case 'l':
      return extent.moves === 'cell' ? to(row, column + 1) : undefined
    case 'ArrowLeft':
    case 'h':
      return extent.moves === 'cell' ? to(row, column - 1) : undefined
    default:
      return undefined
  }
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(Math.max(lowest, highest), value))
}
