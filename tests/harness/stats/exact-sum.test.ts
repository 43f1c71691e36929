import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExactSum } from '../../../harness/stats/exact-sum.ts'

function sum(values: readonly number[]): number {
  const total = new ExactSum()
  for (const value of values) total.add(value)
  return total.value
}

/** The exact sum of doubles as a ratio of big integers, rounded once by the conversion of a decimal literal. */
function reference(values: readonly number[]): number {
  const scale = 1074n
  const scaled = values.reduce((total, value) => {
    const bits = new BigUint64Array(Float64Array.of(value).buffer)[0] as bigint
    const exponent = (bits >> 52n) & 0x7ffn
    const fraction = bits & 0xf_ffff_ffff_ffffn
    const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n)
    return bits >> 63n === 1n ? total - magnitude : total + magnitude
  }, 0n)
  // x / 2^1074 = x · 5^1074 / 10^1074
  return Number(`${scaled * 5n ** scale}e-${scale}`)
}

describe('ExactSum', () => {
  it('is 0 for nothing', () => {
    expect(sum([])).toBe(0)
  })

  it('loses nothing to cancellation', () => {
    expect(sum([1e16, 1, -1e16])).toBe(1)
    expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1)
  })

  it('is the exact sum, rounded once', () => {
    const doubles = fc.double({ min: -1e300, max: 1e300, noNaN: true })
    const near = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.oneof(doubles, near), { maxLength: 30 }), (values) => {
        expect(sum(values) + 0).toBe(reference(values) + 0)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('rounds half-way cases by what lies below them', () => {
    expect(sum([2 ** 53, 1, 2 ** -60])).toBe(2 ** 53 + 2)
    expect(sum([2 ** 53, 1])).toBe(2 ** 53)
  })

  it.each([NaN, Infinity])('refuses %d', (value) => {
    expect(() => sum([value])).toThrow(RangeError)
  })
})
