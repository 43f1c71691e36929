import { describe, expect, it } from 'vitest'
import { probability } from '../../../harness/stats/probability.ts'
import { quantile, sortedSample } from '../../../harness/stats/quantile.ts'

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
