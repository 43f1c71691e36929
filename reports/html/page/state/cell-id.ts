import type { Arm } from '../model/arm.ts'

/** The first 16 hex digits of a row's cell. */
export function cellOf({ ids }: Arm, row: number): string {
  return hex(ids[row * 2]) + hex(ids[row * 2 + 1])
}

/** The row of a cell, or undefined where this run has no such cell. */
export function rowOf({ ids, rows }: Arm, cell: string): number | undefined {
  const high = Number.parseInt(cell.slice(0, 8), 16)
  const low = Number.parseInt(cell.slice(8), 16)
  for (let row = 0; row < rows; row++) if (ids[row * 2] === high && ids[row * 2 + 1] === low) return row
  return undefined
}

function hex(word: number | undefined): string {
  return (word ?? 0).toString(16).padStart(8, '0')
}
