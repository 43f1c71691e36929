import { describe, expect, it } from 'vitest'
import { Moments, predictTotal, sumBounds, sumPredicted } from '../../../harness/stats/prediction.ts'

function momentsOf(values: readonly number[]): Moments {
  const moments = new Moments()
  for (const value of values) moments.add(value)
  return moments
}

/** Numbers in [0, 1) from a seed (Park & Miller). */
function uniform(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

describe('moments', () => {
  it('are the mean and the variance with n − 1', () => {
    const { n, mean, variance } = momentsOf([2, 4, 4, 4, 5, 5, 7, 9])
    expect([n, mean]).toEqual([8, 5])
    expect(variance).toBeCloseTo(32 / 7, 12)
  })

  it('lose nothing to a large mean', () => {
    expect(momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance).toBeCloseTo(30, 6)
  })
})

describe('a predicted total', () => {
  it('is the textbook interval of the mean of m future observations, m times', () => {
    // n = 5, mean 50.1, s = 1.31, m = 3: 50.1 ± 2.776 · 1.31 · √(1/3 + 1/5)
    const spread = 1.31 * Math.sqrt(4 / 2)
    const moments = momentsOf([50.1, 50.1, 50.1, 50.1 - spread, 50.1 + spread])
    const { expected, interval } = predictTotal(moments, 3)
    const half = 3 * 2.7764451052 * 1.31 * Math.sqrt(1 / 3 + 1 / 5)
    expect(expected).toBeCloseTo(150.3, 10)
    expect(interval?.lo).toBeCloseTo(150.3 - half, 5)
    expect(interval?.hi).toBeCloseTo(150.3 + half, 5)
  })

  it('has no interval on less than three observations, and no width where they are all alike', () => {
    expect(predictTotal(momentsOf([1, 2]), 10)).toEqual({ expected: 15, interval: null })
    expect(predictTotal(momentsOf([2, 2, 2]), 10)).toEqual({ expected: 20, interval: { lo: 20, hi: 20 } })
  })

  it('of nothing is nothing', () => {
    expect(predictTotal(new Moments(), 0)).toEqual({ expected: 0, interval: { lo: 0, hi: 0 } })
  })

  it('is never below nothing', () => {
    expect(predictTotal(momentsOf([0, 0, 9]), 1).interval?.lo).toBe(0)
  })

  it('holds the real total in about 95 of 100 runs, of skewed costs too', () => {
    const random = uniform(7)
    const draw = (): number => -Math.log(1 - random())
    let held = 0
    for (let run = 0; run < 2_000; run++) {
      const { interval } = predictTotal(momentsOf(Array.from({ length: 60 }, draw)), 200)
      const total = Array.from({ length: 200 }, draw).reduce((sum, x) => sum + x, 0)
      if (interval !== null && interval.lo <= total && total <= interval.hi) held++
    }
    expect(held / 2_000).toBeGreaterThan(0.92)
    expect(held / 2_000).toBeLessThan(0.97)
  })
})

describe('predicted totals together', () => {
  it('stray less than the sum of what each may stray', () => {
    const part = { expected: 10, interval: { lo: 7, hi: 14 } }
    const other = { expected: 5, interval: { lo: 1, hi: 8 } }
    expect(sumPredicted([part, other])).toEqual({ expected: 15, interval: { lo: 10, hi: 20 } })
  })

  it('have no interval if one has none', () => {
    expect(
      sumPredicted([
        { expected: 1, interval: null },
        { expected: 2, interval: { lo: 1, hi: 3 } },
      ]),
    ).toEqual({
      expected: 3,
      interval: null,
    })
  })
})

describe('bounds together', () => {
  it('add up: all may be reached at once', () => {
    const part = { expected: 10, interval: { lo: 7, hi: 14 } }
    const other = { expected: 5, interval: { lo: 1, hi: 8 } }
    expect(sumBounds([part, other])).toEqual({ expected: 15, interval: { lo: 8, hi: 22 } })
  })
})
