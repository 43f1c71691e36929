import { describe, expect, it } from 'vitest'
import { binomialCdf } from '../../../harness/stats/binomial.ts'
import { probability } from '../../../harness/stats/probability.ts'
import {
  type SortedSample,
  minSampleForUpper,
  quantile,
  quantileInterval,
  quantileRanks,
  sortedSample,
} from '../../../harness/stats/quantile.ts'

function quantileOf(values: number[], q: number): number {
  const sample = sortedSample(values)
  if (sample === null) throw new Error('no values')
  return quantile(sample, probability(q))
}

describe('quantile', () => {
  it('gives the median that NumPy gives by default', () => {
    // numpy 1.24.2, numpy.quantile (R type 7)
    const values = [
      1.0207, 2.2611, 2.0851, 0.7363, 0.8363, 0.7287, 1.4075, 0.9669, 1.5654, 0.3301, 2.5598, 0.9438, 1.5041,
      0.9213, 0.7966, 1.3203, 1.64, 0.8856, 0.9124, 1.509, 0.5932, 0.4031, 1.2674, 0.6688, 0.3159, 0.6136,
      0.7554, 0.4887, 0.4084, 1.0222, 1.7132, 0.8695, 0.6401, 1.2599, 1.5378, 0.8353, 1.3865, 1.8696, 0.8832,
      0.6138,
    ]
    expect(quantileOf(values, 0.5)).toBeCloseTo(0.91685, 10)
  })

  it('interpolates between order statistics', () => {
    expect(quantileOf([40, 10, 20, 30], 0.95)).toBeCloseTo(38.5, 12)
  })

  it('is the least and the greatest value at 0 and 1', () => {
    expect([quantileOf([3, 1, 2], 0), quantileOf([3, 1, 2], 1)]).toStrictEqual([1, 3])
  })

  it('is the value itself for one value', () => {
    expect(quantileOf([7], 0.95)).toBe(7)
  })
})

describe('sortedSample', () => {
  it('is null for no values', () => {
    expect(sortedSample([])).toBeNull()
  })

  it.each([NaN, Infinity, -Infinity])('refuses %d', (value) => {
    expect(() => sortedSample([1, value, 2])).toThrow(RangeError)
  })

  it('leaves its input as it was', () => {
    const values = Float64Array.of(3, 1, 2)
    sortedSample(values)
    expect([...values]).toStrictEqual([3, 1, 2])
  })
})

describe('ranks that bound a quantile', () => {
  it('cover it at least as often as they say, and one rank less would not', () => {
    for (const [n, q, confidence] of [
      [20, 0.5, 0.95],
      [100, 0.5, 0.9],
      [500, 0.95, 0.95],
    ] as const) {
      const { lower, upper, coverage } = quantileRanks({ n, q, confidence })
      const a = (1 - confidence) / 2
      expect(coverage).toBeGreaterThanOrEqual(confidence)
      expect(binomialCdf((lower as number) - 1, n, q)).toBeLessThanOrEqual(a)
      expect(binomialCdf(lower as number, n, q)).toBeGreaterThan(a)
      expect(1 - binomialCdf((upper as number) - 1, n, q)).toBeLessThanOrEqual(a)
      expect(1 - binomialCdf((upper as number) - 2, n, q)).toBeGreaterThan(a)
    }
  })

  it('are absent where the sample is too small for that side', () => {
    expect(quantileRanks({ n: 71, q: 0.95, confidence: 0.95 }).upper).toBeNull()
    expect(quantileRanks({ n: 72, q: 0.95, confidence: 0.95 }).upper).toBe(72)
    expect(quantileRanks({ n: 3, q: 0.5, confidence: 0.95 })).toEqual({
      lower: null,
      upper: null,
      coverage: 1,
    })
    expect([minSampleForUpper(0.95, 0.025), minSampleForUpper(0.99, 0.025)]).toEqual([72, 368])
  })

  it('name values of the sample, or nothing', () => {
    const sample = sortedSample([5, 3, 9, 1, 7, 2, 8, 4]) as SortedSample
    const { lower, upper } = quantileRanks({ n: 8, q: 0.5, confidence: 0.95 })
    expect([lower, upper]).toEqual([1, 8])
    expect(quantileInterval(sample, 0.5, 0.95)).toEqual([1, 9])
    expect(quantileInterval(sample, 0.95, 0.95)).toEqual([7, null])
  })
})
