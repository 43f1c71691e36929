import { expect, it } from 'vitest'
import { movedBy } from '../../../../../reports/html/page/table/grid-keys.ts'

const rows = { rows: 100, columns: 1, firstColumn: 0, page: 20, moves: 'row' } as const
const cells = { rows: 100, columns: 5, firstColumn: 1, page: 20, moves: 'cell' } as const

it('moves by a row, by a page less one, and to either end, and stays inside', () => {
  const from = { row: 50, column: 0 }
  const rowAfter = (key: string, row = 50) => movedBy(key, { ...from, row }, rows)?.row
  expect(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) => rowAfter(key))).toEqual([
    51, 49, 69, 31, 0, 99,
  ])
  expect(rowAfter('ArrowUp', 0)).toBe(0)
  expect(rowAfter('PageDown', 95)).toBe(99)
  expect(movedBy('ArrowRight', from, rows)).toBeUndefined()
  expect(movedBy('Tab', from, rows)).toBeUndefined()
})

it('moves from cell to cell where cells stand side by side, never onto the name of the case', () => {
  const from = { row: 3, column: 1 }
  expect(movedBy('ArrowRight', from, cells)).toEqual({ row: 3, column: 2 })
  expect(movedBy('ArrowLeft', from, cells)).toEqual({ row: 3, column: 1 })
  expect(movedBy('ArrowRight', { row: 3, column: 4 }, cells)).toEqual({ row: 3, column: 4 })
})
