import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tickText } from '../../../../../reports/html/page/charts/axis.tsx'
import { coordinate, extent, linearScale, logScale } from '../../../../../reports/html/page/charts/scale.ts'

describe('a linear scale', () => {
  it('puts the ends of its domain at 0 and 100 percent, and what lies outside at the ends', () => {
    const { at } = linearScale([-0.2, 0.2])
    expect([-0.2, 0, 0.2, -9, 9].map(at)).toStrictEqual([0, 50, 100, 0, 100])
  })

  it('has round ticks inside its domain, zero as plain 0', () => {
    expect(linearScale([-0.2, 0.2], 4).ticks).toStrictEqual([-0.2, -0.1, 0, 0.1, 0.2])
    expect(linearScale([0.31, 0.97], 4).ticks).toStrictEqual([0.4, 0.6, 0.8])
  })

  it('widens a domain without length instead of dividing by nothing', () => {
    expect(linearScale([0.7, 0.7]).at(0.7)).toBe(50)
  })

  it('never leaves 0 to 100 percent, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.double({ min: -1e6, max: 1e6 }),
        fc.double({ min: 1e-3, max: 1e6 }),
        (value, lo, size) => {
          const place = linearScale([lo, lo + size]).at(value)
          expect(place).toBeGreaterThanOrEqual(0)
          expect(place).toBeLessThanOrEqual(100)
        },
      ),
      { seed: 1 },
    )
  })
})

describe('a tick', () => {
  it.each([
    ['80.0%', '80%'],
    ['2.5%', '2.5%'],
    ['$0.0300', '$0.03'],
    ['$100.00', '$100'],
    ['1.00 s', '1 s'],
    ['300 ms', '300 ms'],
    ['3 min 20 s', '3 min 20 s'],
    ['$1,000.50', '$1,000.5'],
  ])('%s is %s', (text, shown) => {
    expect(tickText(text)).toBe(shown)
  })
})

describe('a log scale', () => {
  it('makes equal ratios equal lengths', () => {
    const { at } = logScale([1, 10_000])
    expect([1, 10, 100, 1000, 10_000].map(at)).toStrictEqual([0, 25, 50, 75, 100])
  })

  it('has ticks at 1, 2 and 5 over a short range, at powers of ten over a long one', () => {
    expect(logScale([10, 100]).ticks).toStrictEqual([10, 20, 50, 100])
    expect(logScale([0.001, 1000]).ticks).toStrictEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000])
  })

  it('widens a domain without length', () => {
    expect(logScale([5, 5]).at(5)).toBeCloseTo(50)
  })
})

describe('the extent of values', () => {
  it('leaves out what is no number, and is undefined without any', () => {
    expect(extent([3, NaN, 1, Infinity])).toStrictEqual([1, 3])
    expect(extent([NaN])).toBeUndefined()
  })

  it('takes 200,000 values', () => {
    expect(extent(Array.from({ length: 200_000 }, (_, i) => i))).toStrictEqual([0, 199_999])
  })
})

it('a coordinate is a percentage of at most two decimals', () => {
  expect([0, 33.33333, 100].map(coordinate)).toStrictEqual(['0%', '33.33%', '100%'])
})
