import { describe, expect, it } from 'vitest'
import {
  type CaseTotals,
  caseTotals,
  clusteredError,
  effectiveSize,
} from '../../../harness/stats/effective-size.ts'

function totalsOf(passed: number[], scored: number[]): CaseTotals {
  const totals = caseTotals(passed, scored)
  if (totals === null) throw new Error('nothing was scored')
  return totals
}

describe('caseTotals', () => {
  it('is null where nothing was scored', () => {
    expect(caseTotals([0, 0], [0, 0])).toBeNull()
    expect(caseTotals([], [])).toBeNull()
  })

  it('leaves out a case with nothing scored', () => {
    expect(totalsOf([1, 0], [2, 0])).toMatchObject({ cases: 1, observations: 2, rate: 0.5 })
  })

  it('refuses more passed than scored', () => {
    expect(() => caseTotals([3], [2])).toThrow(RangeError)
  })
})

describe('clusteredError', () => {
  it('equals statsmodels’ cluster-robust error', () => {
    // statsmodels 0.13.5, OLS on a constant, cov_type='cluster', use_correction=False. Clusters a…e of the scores
    // 1101 · 001 · 11110 · 01 · 111000.
    expect(clusteredError(totalsOf([3, 1, 4, 1, 3], [4, 3, 5, 2, 6]))).toBeCloseTo(0.07745966692414834, 10)
  })
})

describe('effectiveSize', () => {
  it('is the number of cases when each ran once', () => {
    expect(effectiveSize(totalsOf([1, 1, 0, 1, 0], [1, 1, 1, 1, 1]))).toBe(5)
  })

  it('is the number of cases when all repeats of a case agree', () => {
    expect(effectiveSize(totalsOf([3, 0, 3, 0, 3, 3], [3, 3, 3, 3, 3, 3]))).toBe(6)
  })

  it('is the number of cases when everything passed: nothing tells repeats from copies', () => {
    expect(effectiveSize(totalsOf([5, 5, 5], [5, 5, 5]))).toBe(3)
  })

  it('lies between cases and observations when repeats agree in part', () => {
    // 4 cases × 3: rate 1/2, squares 2·(3/2)² + 2·(1/2)² = 5, SE² = 5/144 · 4/3, n_eff = (1/4) / SE² = 5.4
    expect(effectiveSize(totalsOf([3, 2, 1, 0], [3, 3, 3, 3]))).toBeCloseTo(5.4, 12)
  })

  it('is never more than the observations, however much repeats disagree', () => {
    expect(effectiveSize(totalsOf([1, 1, 1, 1], [2, 2, 2, 2]))).toBe(8)
  })

  it('counts a single case once, whatever its repeats', () => {
    expect(effectiveSize(totalsOf([3], [5]))).toBe(1)
  })
})
