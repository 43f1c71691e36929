/** A cell by the first 16 hex digits of its id, in the run or in its baseline. */
export interface CellName {
  readonly arm: 'main' | 'base'
  readonly cell: string
}

export interface Sort {
  /** A column of the table, or an order of the grouped cases. */
  readonly key: string
  readonly descending: boolean
}

/** What a link to the page brings back. */
export interface ViewState {
  /** The filter, as it was typed. */
  readonly q: string
  /** Absent for the order of the suite. */
  readonly sort: Sort | undefined
  readonly byCase: boolean
  /** The open cell: the first 16 hex digits of its id. */
  readonly cell: string | undefined
  /** What the open cell is compared with, where it is not its own baseline. */
  readonly compare: CellName | undefined
  /** Columns of the table; absent for the usual ones. */
  readonly columns: readonly string[] | undefined
}

export const INITIAL: ViewState = {
  q: '',
  sort: undefined,
  byCase: false,
  cell: undefined,
  compare: undefined,
  columns: undefined,
}
