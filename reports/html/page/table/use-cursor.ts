import { useEffect, useState } from 'preact/hooks'
import type { Cursor } from './grid-model.ts'

interface Held {
  readonly cursor: Cursor
  readonly list: string
  readonly moves: number
}

/**
 * Where the reader is in the table. In another list that is the open cell, else the first place.
 * @param openPlace where the open cell stands in the list
 */
export function useCursor(
  list: string,
  rows: number,
  first: Cursor,
  openPlace: () => Cursor | undefined,
  arrivals: number,
): { readonly cursor: Cursor; readonly moves: number; readonly move: (cursor: Cursor) => void } {
  const start = (): Cursor => openPlace() ?? first
  const [held, hold] = useState<Held>(() => ({ cursor: start(), list, moves: 1 }))
  const current = held.list === list ? held : { cursor: start(), list, moves: held.moves + 1 }
  if (current !== held) hold(current)
  useEffect(() => {
    const place = openPlace()
    if (place !== undefined) hold(({ moves }) => ({ cursor: place, list, moves: moves + 1 }))
  }, [arrivals])
  const row = Math.max(0, Math.min(current.cursor.row, rows - 1))
  return {
    cursor: { row, column: current.cursor.column },
    moves: current.moves,
    move: (cursor) => hold(({ moves }) => ({ cursor, list, moves: moves + 1 })),
  }
}
