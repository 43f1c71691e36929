import { describe, expect, it } from 'vitest'
import { bootstrapQuantile, clusterBootstrap } from '../../../harness/stats/cluster-bootstrap.ts'

const unit = (...sums: number[]): Float64Array => Float64Array.from(sums)

function correlation([n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0]: Float64Array): number | null {
  const spread = Math.sqrt((n * xx - x * x) * (n * yy - y * y))
  return spread === 0 ? null : (n * xy - x * y) / spread
}

const mean = ([n = 0, sum = 0]: Float64Array): number => sum / n

// Efron & Tibshirani 1993, table 3.1: 15 law schools.
const LSAT = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594]
const GPA = [3.39, 3.3, 2.81, 3.03, 3.44, 3.07, 3.0, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96]

describe('clusterBootstrap', () => {
  // scipy 1.10.1, stats.bootstrap(method='BCa', n_resamples=20000), the mean of three seeds; ours draws 2,000.
  it('gives the interval that scipy gives for the correlation of the law schools', () => {
    const units = LSAT.map((x, i) => unit(1, x, GPA[i] ?? 0, x * x, (GPA[i] ?? 0) ** 2, x * (GPA[i] ?? 0)))
    const interval = clusterBootstrap(units, correlation)
    expect(interval?.lo).toBeCloseTo(0.33, 1)
    expect(interval?.hi).toBeCloseTo(0.941, 2)
  })

  it('gives the skewed interval that scipy gives for the mean of skewed numbers', () => {
    const interval = clusterBootstrap(
      [0, 0, 1, 2, 2, 3, 5, 8, 13, 21].map((x) => unit(1, x)),
      mean,
    )
    expect(interval?.lo).toBeGreaterThan(2.2)
    expect(interval?.lo).toBeLessThan(2.8)
    expect(interval?.hi).toBeGreaterThan(10.6)
    expect(interval?.hi).toBeLessThan(11.6)
  })

  it('is the same every time', () => {
    const units = [0.1, 0.9, 0.4, 0.4, 0.7, 0.2].map((x) => unit(1, x))
    expect(clusterBootstrap(units, mean)).toEqual(clusterBootstrap(units, mean))
  })

  it('holds the estimate, and narrows as units are added', () => {
    const few = Array.from({ length: 20 }, (_, i) => unit(1, i % 4))
    const many = Array.from({ length: 320 }, (_, i) => unit(1, i % 4))
    const [wide, narrow] = [clusterBootstrap(few, mean), clusterBootstrap(many, mean)]
    for (const interval of [wide, narrow]) {
      expect(interval?.lo).toBeLessThan(1.5)
      expect(interval?.hi).toBeGreaterThan(1.5)
    }
    const width = (of: typeof wide): number => (of?.hi ?? 0) - (of?.lo ?? 0)
    expect(width(narrow)).toBeLessThan(width(wide) / 2)
  })

  it('is wider where repeats stand together than where each is taken for a unit', () => {
    const values = Array.from({ length: 24 }, (_, i) => Number(i % 3 === 0))
    const together = values.map((x) => unit(5, 5 * x))
    const apart = values.flatMap((x) => Array.from({ length: 5 }, () => unit(1, x)))
    const width = (units: Float64Array[]): number => {
      const interval = clusterBootstrap(units, mean)
      return (interval?.hi ?? 0) - (interval?.lo ?? 0)
    }
    expect(width(together)).toBeGreaterThan(1.5 * width(apart))
  })

  it.each<[string, Float64Array[]]>([
    ['fewer than five units', [1, 2, 3, 4].map((x) => unit(1, x))],
    ['units that are all alike', Array.from({ length: 30 }, () => unit(1, 1))],
    ['no units', []],
  ])('says nothing of %s', (_, units) => {
    expect(clusterBootstrap(units, mean)).toBeNull()
  })

  it('says nothing where the statistic is undefined for many a draw', () => {
    // Only one unit of six has what the ratio is taken to: a third of the draws miss it.
    const units = [unit(1, 1), ...Array.from({ length: 5 }, (_, i) => unit(0, i))]
    expect(clusterBootstrap(units, ([of = 0, all = 0]) => (of === 0 ? null : all / of))).toBeNull()
  })
})

describe('a quantile of resamples', () => {
  it('of how far a mean is off is two standard errors: 0.098 for 100 coins', () => {
    const coins = Array.from({ length: 100 }, (_, i) => unit(i % 2, 1))
    const off = bootstrapQuantile(coins, ([of = 0, all = 0]) => Math.abs(of / all - 0.5))
    expect(off).toBeGreaterThan(0.085)
    expect(off).toBeLessThan(0.115)
  })

  it('is none of fewer than five units, nor where every draw gives the same', () => {
    expect(
      bootstrapQuantile(
        [1, 2, 3, 4].map((x) => unit(1, x)),
        mean,
      ),
    ).toBeNull()
    expect(
      bootstrapQuantile(
        Array.from({ length: 30 }, () => unit(1, 1)),
        mean,
      ),
    ).toBeNull()
  })
})
