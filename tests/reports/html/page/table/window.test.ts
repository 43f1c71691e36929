import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsInSight, scrollTopFor, windowAt } from '../../../../../reports/html/page/table/window.ts'

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 2_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 60 }),
  height: fc.integer({ min: 100, max: 2000 }),
})

describe('the rows that are drawn', () => {
  it('cover what is in sight at every place of the scroll bar, and few more', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), ({ rows, rowHeight, height }, share) => {
        const { total } = windowAt({ rows, rowHeight, height, scrollTop: 0 })
        const scrollTop = Math.max(0, total - height) * share
        const { first, end, top } = windowAt({ rows, rowHeight, height, scrollTop })
        expect(total).toBeLessThanOrEqual(8_000_000)
        expect(top).toBeLessThanOrEqual(scrollTop + 0.01)
        const bottom = top + (end - first) * rowHeight
        expect(bottom).toBeGreaterThanOrEqual(Math.min(scrollTop + height, total) - 0.01)
        expect(end - first).toBeLessThanOrEqual(height / rowHeight + 15)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('are the first at the top and the last at the bottom, however many there are', () => {
    for (const rows of [1, 10, 100_000, 5_000_000]) {
      const pane = { rows, rowHeight: 30, height: 600, scrollTop: 0 }
      expect(windowAt(pane).first).toBe(0)
      const { total } = windowAt(pane)
      expect(windowAt({ ...pane, scrollTop: Math.max(0, total - 600) }).end).toBe(rows)
    }
  })

  it('are none of an empty list', () => {
    expect(windowAt({ rows: 0, rowHeight: 30, height: 600, scrollTop: 0 })).toMatchObject({
      first: 0,
      end: 0,
      total: 0,
    })
  })

  it('hold a row that was scrolled to, which is not scrolled to again', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (size, n, share) => {
        const row = n % size.rows
        const { total } = windowAt({ ...size, scrollTop: 0 })
        const scrollTop = scrollTopFor(row, { ...size, scrollTop: Math.max(0, total - size.height) * share })
        const { first, end } = windowAt({ ...size, scrollTop })
        expect(first <= row && row < end).toBe(true)
        if (size.rows * size.rowHeight < 8_000_000)
          expect(scrollTopFor(row, { ...size, scrollTop })).toBe(scrollTop)
      }),
      { seed: 6, numRuns: 500 },
    )
  })
})

describe('the columns that are drawn', () => {
  it('reach from one edge of what is in sight to the other', () => {
    expect(columnsInSight([100, 100, 100, 100], 150, 120)).toEqual({
      first: 1,
      end: 3,
      before: 100,
      after: 100,
    })
    expect(columnsInSight([], 0, 500)).toEqual({ first: 0, end: 0, before: 0, after: 0 })
    const thousands = columnsInSight(
      Array.from({ length: 6000 }, () => 110),
      300_000,
      900,
    )
    expect(thousands.end - thousands.first).toBeLessThan(12)
  })
})
