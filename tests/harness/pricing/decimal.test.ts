import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf, plus, shifted, sumOf, times, toNumber } from '../../../harness/pricing/decimal.ts'

describe('a decimal', () => {
  it.each([0, 0.1, 3.3, 0.00875, 1e-7, 1.5e-9, 1e21, 1.25e300, 5e-324, -0.5, 123_456_789.123])(
    'is the number as it is written, and back: %d',
    (value) => {
      expect(toNumber(decimalOf(value))).toBe(value)
    },
  )

  it('is any finite number, and back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(toNumber(decimalOf(value))).toBe(value === 0 ? 0 : value)
      }),
      { seed: 20_261_126 },
    )
  })

  it('multiplies and adds as on paper, where doubles do not', () => {
    expect((1_234 * 1.1) / 1e6).not.toBe(0.0013574)
    expect(toNumber(shifted(times(decimalOf(1_234), decimalOf(1.1)), 6))).toBe(0.0013574)
    expect(toNumber(plus(decimalOf(0.1), decimalOf(0.2)))).toBe(0.3)
    expect(toNumber(times(decimalOf(1.1), decimalOf(1.1)))).toBe(1.21)
  })

  it('sums the same in any order', () => {
    const amounts = [0.1, 1e-9, 0.2, 3e6, 0.7]
    expect(sumOf(amounts)).toBe(3_000_001.000000001)
    expect(sumOf(amounts.toReversed())).toBe(3_000_001.000000001)
    expect(sumOf([])).toBe(0)
  })
})
