import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { letterTrend, sparkline } from '../../reports/format/sparkline.ts'

const BOX = { width: 100, height: 20, padding: 2 }

describe('a sparkline', () => {
  it('goes from left to right, the least value below and the greatest above', () => {
    expect(sparkline([1, 3, 2], BOX)).toStrictEqual({
      line: 'M2 18L50 2L98 10',
      lone: [],
      points: [
        { index: 0, x: 2, y: 18 },
        { index: 1, x: 50, y: 2 },
        { index: 2, x: 98, y: 10 },
      ],
      lo: 1,
      hi: 3,
    })
  })

  it('is broken where a value is missing, and a value alone is a dot', () => {
    const drawn = sparkline([null, 1, 2, null, 3, null, 4, 5], BOX)
    expect(drawn?.line.match(/[ML]/g)?.join('')).toBe('MLML')
    expect(drawn?.lone.map(({ index }) => index)).toStrictEqual([4])
  })

  it('of one value is a dot in the middle, and of none nothing', () => {
    expect(sparkline([7], BOX)).toMatchObject({ line: '', lone: [{ x: 50, y: 10 }], lo: 7, hi: 7 })
    expect(sparkline([null, null], BOX)).toBeUndefined()
    expect(sparkline([], BOX)).toBeUndefined()
  })

  it('runs through the middle where nothing ever changes', () => {
    expect(sparkline([5, 5], BOX)?.line).toBe('M2 10L98 10')
  })

  it('stays inside its box, whatever the values', () => {
    const value = fc.oneof(fc.constant(null), fc.double({ noNaN: true, min: -1e9, max: 1e9 }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), (values) => {
        for (const { x, y } of sparkline(values, BOX)?.points ?? []) {
          expect(x >= 2 && x <= 98 && y >= 2 && y <= 18).toBe(true)
        }
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})

describe('a trend in letters', () => {
  it('has one mark a value, by its height, in ASCII alone', () => {
    expect(letterTrend([0, 1, 2, 3, null, 3, 0])).toBe("_.-' '_")
    expect(letterTrend([4, 4])).toBe('--')
    expect(letterTrend([null])).toBe(' ')
  })
})
