import { describe, expect, it } from 'vitest'
import { grouped } from '../../../harness/model/digits.ts'

describe('a number with its thousands apart', () => {
  it.each([
    [0, 0, '0'],
    [0.5, undefined, '0.5'],
    [1234.5678, undefined, '1,234.568'],
    [2000, undefined, '2,000'],
    [999, 0, '999'],
    [1000, 0, '1,000'],
    [1234567, 0, '1,234,567'],
    [-1234, 0, '-1,234'],
    [1234.5, 2, '1,234.50'],
    [0.1234567, 7, '0.1234567'],
    [999_999.996, 2, '1,000,000.00'],
  ])('%d with %d decimals is %s', (n, decimals, shown) => expect(grouped(n, decimals)).toBe(shown))

  it('is as Intl writes it', () => {
    const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
    for (let n = 1; n < 1e12; n *= 7) expect(grouped(n)).toBe(format.format(n))
  })
})
