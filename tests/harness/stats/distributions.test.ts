import stdBetaCdf from '@stdlib/stats-base-dists-beta-cdf'
import stdBetaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import stdBinomialCdf from '@stdlib/stats-base-dists-binomial-cdf'
import stdHypergeometricCdf from '@stdlib/stats-base-dists-hypergeometric-cdf'
import stdNormalCdf from '@stdlib/stats-base-dists-normal-cdf'
import stdNormalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import stdTCdf from '@stdlib/stats-base-dists-t-cdf'
import stdTQuantile from '@stdlib/stats-base-dists-t-quantile'
import { describe, expect, it } from 'vitest'
import { betaQuantile, incompleteBeta } from '../../../harness/stats/beta.ts'
import { binomialCdf, binomialPmf, binomialUpper } from '../../../harness/stats/binomial.ts'
import { fisherLess } from '../../../harness/stats/fisher.ts'
import { logGamma } from '../../../harness/stats/gamma.ts'
import { normalCdf, normalQuantile } from '../../../harness/stats/normal.ts'
import { tCdf, tQuantile } from '../../../harness/stats/student-t.ts'

const LEVELS = [1e-10, 1e-6, 0.001, 0.0125, 0.025, 0.1, 0.3, 0.45, 0.5, 0.55, 0.7, 0.9, 0.975, 0.9999]
const DEGREES = [0.5, 1, 1.7, 2, 3, 4.7, 9, 29, 99, 499.5, 5_000, 100_000]
const SHAPES = [0.5, 1, 2, 3.3, 20, 80, 950, 50_000]
const POINTS = [1e-8, 0.001, 0.05, 0.2, 0.4999, 0.5, 0.6, 0.9, 0.999, 1 - 1e-8]

/** The largest distance of two functions over a grid. */
function furthest<Point>(
  points: readonly Point[],
  ours: (point: Point) => number,
  theirs: (point: Point) => number,
): number {
  const distances = points.map((point) => Math.abs(ours(point) - theirs(point)))
  expect(distances.every(Number.isFinite)).toBe(true)
  return Math.max(...distances)
}

function pairs<A, B>(as: readonly A[], bs: readonly B[]): (readonly [A, B])[] {
  return as.flatMap((a) => bs.map((b) => [a, b] as const))
}

describe('the normal distribution', () => {
  const xs = [-38, -12, -8, -7.0711, -5, -1.96, -0.5, 0, 1e-9, 0.3, 1, 2.5, 6, 7.0710678, 9, 40]

  it('is that of @stdlib, into its tails', () => {
    expect(furthest(xs, normalCdf, (x) => stdNormalCdf(x, 0, 1))).toBeLessThan(1e-14)
    for (const x of [-4, -5, -8, -12, -20, -30])
      expect(normalCdf(x) / stdNormalCdf(x, 0, 1)).toBeCloseTo(1, 11)
  })

  it('has the quantiles of @stdlib', () => {
    expect(furthest(LEVELS.slice(1), normalQuantile, (p) => stdNormalQuantile(p, 0, 1))).toBeLessThan(1e-11)
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
    // @stdlib's are 1e-8 off at 1e-10, and infinite at 1e-300.
    for (const p of [1e-300, 1e-30, 1e-10]) expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 10)
  })
})

describe('Student’s t distribution', () => {
  it('is that of @stdlib for any degrees of freedom', () => {
    const grid = pairs([-40, -8, -2.1, -0.5, 0, 1e-6, 0.7, 1.96, 3, 12, 500], DEGREES)
    expect(
      furthest(
        grid,
        ([t, df]) => tCdf(t, df),
        ([t, df]) => stdTCdf(t, df),
      ),
    ).toBeLessThan(1e-10)
  })

  it('has the quantiles of @stdlib', () => {
    const grid = pairs([0.0125, 0.025, 0.1, 0.3, 0.45, 0.5, 0.55, 0.9, 0.975, 0.9999], DEGREES.slice(1))
    expect(
      furthest(
        grid,
        ([p, df]) => tQuantile(p, df) / (1 + Math.abs(stdTQuantile(p, df))),
        ([p, df]) => stdTQuantile(p, df) / (1 + Math.abs(stdTQuantile(p, df))),
      ),
    ).toBeLessThan(1e-9)
  })

  it('gives quantiles back their level, far into the tail and near the middle', () => {
    for (const [p, df] of pairs(LEVELS, [0.3, ...DEGREES, 1e7])) {
      expect(tCdf(tQuantile(p, df), df) / p).toBeCloseTo(1, 9)
    }
  })

  it('is the normal distribution in the limit, and has no finite quantiles near none', () => {
    expect(tQuantile(0.975, 1e12)).toBe(normalQuantile(0.975))
    expect(tQuantile(0.975, 1e-4)).toBe(Infinity)
    expect(tQuantile(0.025, 1e-4)).toBe(-Infinity)
  })
})

describe('the beta distribution', () => {
  it('is that of @stdlib', () => {
    const grid = pairs(pairs(SHAPES, SHAPES), POINTS)
    expect(
      furthest(
        grid,
        ([[a, b], x]) => incompleteBeta(a, b, x),
        ([[a, b], x]) => stdBetaCdf(x, a, b),
      ),
    ).toBeLessThan(1e-10)
  })

  it('has the quantiles of @stdlib', () => {
    const grid = pairs(pairs(SHAPES, SHAPES), [0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.9999])
    expect(
      furthest(
        grid,
        ([[a, b], p]) => betaQuantile(p, a, b),
        ([[a, b], p]) => stdBetaQuantile(p, a, b),
      ),
    ).toBeLessThan(1e-9)
  })

  it('mirrors itself, and starts and ends exactly', () => {
    expect([incompleteBeta(2, 3, 0), incompleteBeta(2, 3, 1)]).toEqual([0, 1])
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1])
    for (const [a, b] of pairs(SHAPES, SHAPES)) {
      expect(incompleteBeta(a, b, 0.3) + incompleteBeta(b, a, 0.7)).toBeCloseTo(1, 12)
    }
  })
})

describe('the binomial distribution', () => {
  const sizes = [1, 7, 50, 500, 20_000]
  const rates = [0, 0.003, 0.3, 0.5, 0.95, 1]

  it('is that of @stdlib', () => {
    const grid = pairs(pairs(sizes, rates), [0, 0.1, 0.3, 0.5, 0.94, 1])
    expect(
      furthest(
        grid,
        ([[n, p], share]) => binomialCdf(Math.round(share * n), n, p),
        ([[n, p], share]) => stdBinomialCdf(Math.round(share * n), n, p),
      ),
    ).toBeLessThan(1e-10)
  })

  it('adds up: term by term to 1, and from below and above', () => {
    for (const [n, p] of pairs([1, 7, 50, 500], rates)) {
      let sum = 0
      for (let k = 0; k <= n; k++) sum += binomialPmf(k, n, p)
      expect(sum).toBeCloseTo(1, 12)
      expect(binomialCdf(n >> 1, n, p) + binomialUpper((n >> 1) + 1, n, p)).toBeCloseTo(1, 12)
    }
  })

  it('is 0 or 1 outside what can be', () => {
    expect([binomialCdf(-1, 5, 0.5), binomialCdf(9, 5, 0.5), binomialPmf(6, 5, 0.5)]).toEqual([0, 1, 0])
    expect([binomialUpper(0, 5, 0.5), binomialUpper(6, 5, 0.5)]).toEqual([1, 0])
  })
})

describe('ln Γ', () => {
  it('is that of factorials and of ½', () => {
    let factorial = 0
    for (let n = 1; n <= 170; n++) {
      expect(logGamma(n)).toBeCloseTo(factorial, 11)
      factorial += Math.log(n)
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14)
  })

  it('needs a number above 0', () => {
    for (const x of [0, -1, NaN]) expect(() => logGamma(x)).toThrow(RangeError)
  })
})

describe('Fisher’s exact test', () => {
  it('is the lower tail of @stdlib’s hypergeometric distribution', () => {
    for (let passedA = 0; passedA <= 5; passedA++) {
      for (let passedB = 0; passedB <= 7; passedB++) {
        const p = fisherLess({ passedA, nA: 5, passedB, nB: 7 })
        expect(p).toBeCloseTo(stdHypergeometricCdf(passedB, 12, passedA + passedB, 7), 12)
      }
    }
  })

  it('finds 5 of 5 against 0 of 5 at 1 in 252, and nothing in what is alike', () => {
    expect(fisherLess({ passedA: 5, nA: 5, passedB: 0, nB: 5 })).toBeCloseTo(1 / 252, 14)
    expect(fisherLess({ passedA: 5, nA: 5, passedB: 5, nB: 5 })).toBe(1)
    expect(fisherLess({ passedA: 0, nA: 5, passedB: 0, nB: 5 })).toBe(1)
  })
})
