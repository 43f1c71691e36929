import { describe, expect, it } from 'vitest'
import { mcnemarMidPPower, mcnemarTwoSidedMidP, mcnemarWorse } from '../../../harness/stats/mcnemar.ts'
import { minUnitsForMargin, requiredCases, smallestDetectable } from '../../../harness/stats/power.ts'
import { pairedVarianceParts, varianceParts } from '../../../harness/stats/variance.ts'

const DESIGN = { alpha: 0.05, power: 0.8, omega2: 0.02, withinA: 0.16, kA: 3, withinB: 0.16, kB: 3 }

describe('the cases needed', () => {
  it('are the fewest that can see the difference', () => {
    for (const delta of [0.02, 0.05, 0.1, 0.4]) {
      const n = requiredCases({ ...DESIGN, delta })
      expect(smallestDetectable({ ...DESIGN, n })).toBeLessThanOrEqual(delta + 1e-12)
      if (n > 1) expect(smallestDetectable({ ...DESIGN, n: n - 1 })).toBeGreaterThan(delta)
      expect(requiredCases({ ...DESIGN, delta: -delta })).toBe(n)
    }
  })

  it('grow with the design effect, and fall with repeats only as far as cases differ', () => {
    expect(requiredCases({ ...DESIGN, delta: 0.05, designEffect: 2 })).toBeGreaterThan(
      1.99 * requiredCases({ ...DESIGN, delta: 0.05 }) - 2,
    )
    const often = requiredCases({ ...DESIGN, delta: 0.05, kA: 1e6, kB: 1e6 })
    expect(often).toBe(requiredCases({ ...DESIGN, delta: 0.05, withinA: 0, withinB: 0 }))
  })

  it('are refused for no difference, no spread that could be, and levels outside (0, 1)', () => {
    expect(() => requiredCases({ ...DESIGN, delta: 0 })).toThrow(RangeError)
    expect(() => requiredCases({ ...DESIGN, delta: 0.1, omega2: -1 })).toThrow(RangeError)
    expect(() => requiredCases({ ...DESIGN, delta: 0.1, power: 1 })).toThrow(RangeError)
    expect(() => smallestDetectable({ ...DESIGN, n: 0 })).toThrow(RangeError)
  })

  it('for a margin are at least those that could show one broken case', () => {
    expect([0.03, 0.05, 0.1].map((margin) => minUnitsForMargin(margin, 0.025))).toEqual([122, 72, 36])
    expect(() => minUnitsForMargin(0, 0.025)).toThrow(RangeError)
    expect(() => minUnitsForMargin(1, 0.025)).toThrow(RangeError)
  })
})

describe('McNemar’s mid-p test', () => {
  it('has one-sided p-values that add up to 1, and nothing to say of no change', () => {
    expect(mcnemarWorse(20, 8).midP + mcnemarWorse(8, 20).midP).toBeCloseTo(1, 12)
    expect(mcnemarWorse(0, 0)).toEqual({ exact: 1, midP: 0.5 })
    expect([mcnemarTwoSidedMidP(0, 0), mcnemarTwoSidedMidP(7, 1)]).toEqual([1, mcnemarTwoSidedMidP(1, 7)])
  })

  it('has the power that counting all outcomes gives', () => {
    const [n, pWorse, pBetter, alpha] = [12, 0.3, 0.1, 0.05]
    const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1))
    let power = 0
    for (let b = 0; b <= n; b++) {
      for (let c = 0; c <= n - b; c++) {
        if (mcnemarWorse(b, c).midP > alpha) continue
        const ways = factorial(n) / factorial(b) / factorial(c) / factorial(n - b - c)
        power += ways * pWorse ** b * pBetter ** c * (1 - pWorse - pBetter) ** (n - b - c)
      }
    }
    expect(power).toBeGreaterThan(0.1)
    expect(mcnemarMidPPower({ n, pWorse, pBetter, alpha })).toBeCloseTo(power, 12)
  })

  it('sees nothing where nothing changes, and refuses chances above 1', () => {
    expect(mcnemarMidPPower({ n: 100, pWorse: 0, pBetter: 0, alpha: 0.025 })).toBe(0)
    expect(() => mcnemarMidPPower({ n: 9, pWorse: 0.6, pBetter: 0.6, alpha: 0.025 })).toThrow(RangeError)
  })
})

describe('parts of the variance', () => {
  it('are unknown, not 0, where there is one repeat or one case', () => {
    expect(varianceParts([[1], [0], [1]])).toMatchObject({ within: null, between: null, icc: null })
    expect(varianceParts([[1, 0]])).toMatchObject({ varOfCaseMeans: null, between: null, seMean: null })
    expect(pairedVarianceParts([[1], [0]], [[1], [1]])).toMatchObject({
      withinA: null,
      omega2: null,
      varD: 0.5,
    })
  })

  it('tell repeats from cases: all of it within, and all of it between', () => {
    expect(
      varianceParts([
        [1, 0],
        [0, 1],
        [1, 0],
      ]),
    ).toMatchObject({ within: 0.5, between: 0, icc: 0 })
    expect(
      varianceParts([
        [1, 1],
        [0, 0],
        [1, 1],
      ]),
    ).toMatchObject({ within: 0, icc: 1 })
    expect(
      varianceParts([
        [1, 1],
        [1, 1],
      ]).icc,
    ).toBeNull()
  })

  it('take cases with fewer repeats for what they are', () => {
    const { mean, within, between, varOfCaseMeans } = varianceParts([[1, 0, 1, 0], [1], [0, 0]])
    expect(mean).toBeCloseTo(0.5, 12)
    expect(within).toBeCloseTo((1 / 3 + 0) / 2, 12)
    expect(varOfCaseMeans).toBeCloseTo(0.25, 12)
    expect(between).toBeCloseTo(0.25 - (1 / 6) * ((1 / 4 + 1 + 1 / 2) / 3), 12)
  })

  it('refuse cases without scores, and arms of different cases', () => {
    expect(() => varianceParts([])).toThrow(RangeError)
    expect(() => varianceParts([[1], []])).toThrow(RangeError)
    expect(() => pairedVarianceParts([[1]], [[1], [1]])).toThrow(RangeError)
  })
})
