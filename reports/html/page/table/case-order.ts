import type { Arm } from '../model/arm.ts'

/** The rows as the suite has its cases, each case's columns in order and each column's repeats. */
export interface CaseOrder {
  /** Rows, in order. */
  readonly rows: Uint32Array
  /** For each row: its place in `rows`. */
  readonly places: Uint32Array
}

export function caseOrder(arm: Arm): CaseOrder {
  const { rows: size, case: cases, column, repeat, columns } = arm
  const repeats = highest(repeat) + 1
  const keys = new Float64Array(size)
  let sorted = true
  for (let row = 0; row < size; row++) {
    keys[row] =
      ((cases[row] as number) * columns.length + (column[row] as number)) * repeats + (repeat[row] as number)
    if (row > 0 && (keys[row] as number) < (keys[row - 1] as number)) sorted = false
  }
  const rows = Uint32Array.from({ length: size }, (_, row) => row)
  if (!sorted) rows.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b)
  const places = new Uint32Array(size)
  rows.forEach((row, place) => (places[row] = place))
  return { rows, places }
}

function highest(values: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number
  return most
}
