import type { ComponentChildren } from 'preact'

export interface GridColumn {
  readonly key: string
  readonly title: string
  /** A second line of the head. */
  readonly subtitle?: string
  /** Pixels. */
  readonly width: number
  readonly isNumber: boolean
  /** Stays in sight when the grid scrolls sideways. Such columns come first. */
  readonly sticky: boolean
  /** Pixels it may take where there is room to spare. */
  readonly widest?: number
  readonly sort?: 'ascending' | 'descending' | undefined
}

/** Where the reader is. */
export interface Cursor {
  readonly row: number
  readonly column: number
}

export interface GridProps {
  readonly label: string
  readonly columns: readonly GridColumn[]
  readonly rows: number
  /** Pixels. */
  readonly rowHeight: number
  readonly headHeight: number
  /** Another object whenever a cell shows something else. */
  readonly version: object
  /** Another text whenever the list is another one, to be read from its top. */
  readonly list: string
  readonly cursor: Cursor
  /** Counts moves of the cursor that scroll it into sight. */
  readonly moves: number
  /** Whether the cursor stands on a whole row or on one cell of it. */
  readonly cursorIs: 'row' | 'cell'
  renderCell(row: number, column: number): ComponentChildren
  onCursor(cursor: Cursor): void
  onOpen(cursor: Cursor): void
  /** Absent where columns cannot be sorted by. */
  onSort?: ((key: string) => void) | undefined
}

/** The columns' tracks, and which of them are drawn. */
export interface Layout {
  /** By index; sticky ones first. */
  readonly drawn: readonly number[]
  /** How many of `drawn` stick. */
  readonly sticky: number
  /** Value for `grid-template-columns`: a track for each drawn column, and one for those that were passed. */
  readonly template: string
  /** Pixels of all columns. */
  readonly width: number
  /** Pixels from the left at which each sticky column stays. */
  readonly lefts: readonly number[]
  /** Pixels that sticky columns cover. */
  readonly stickyWidth: number
}
