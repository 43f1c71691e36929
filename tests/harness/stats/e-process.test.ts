import { describe, expect, it } from 'vitest'
import { BettingProcess, mcnemarEValue } from '../../../harness/stats/e-process.ts'
import { makeRandom } from '../../../harness/stats/random.ts'

describe('McNemar’s e-value', () => {
  it('is 1 before anything changed, and averages 1 over fair outcomes', () => {
    expect(mcnemarEValue(0, 0)).toBeCloseTo(1, 12)
    // One more fair change: the mean of both outcomes is what was there.
    for (const [b, c] of [
      [0, 0],
      [3, 1],
      [10, 12],
    ] as const) {
      expect((mcnemarEValue(b + 1, c) + mcnemarEValue(b, c + 1)) / 2).toBeCloseTo(mcnemarEValue(b, c), 9)
    }
  })

  it('is a number however strong the evidence', () => {
    expect(mcnemarEValue(20_000, 0)).toBe(Number.MAX_VALUE)
    expect(mcnemarEValue(0, 20_000)).toBeGreaterThanOrEqual(0)
  })

  it('refuses counts that are not', () => {
    expect(() => mcnemarEValue(-1, 0)).toThrow(RangeError)
    expect(() => mcnemarEValue(1.5, 0)).toThrow(RangeError)
  })
})

describe('a betting process', () => {
  it('mirrors when direction and differences do', () => {
    const less = new BettingProcess({ m: -0.1, alpha: 0.025, direction: 'less' })
    const greater = new BettingProcess({ m: 0.1, alpha: 0.025, direction: 'greater' })
    for (const d of [-1, 0, 0.4, -0.2, -0.6, 1]) expect(less.add(d)).toBeCloseTo(greater.add(-d), 12)
    expect(less.best).toBeCloseTo(greater.best, 12)
  })

  it('has a best that is never lost, and a capital that never goes below 0', () => {
    const process = new BettingProcess({ m: 0, alpha: 0.025, direction: 'less', truncation: 1 })
    for (let i = 0; i < 20; i++) process.add(-1)
    const best = process.best
    for (let i = 0; i < 200; i++) expect(process.add(1)).toBeGreaterThanOrEqual(0)
    expect(process.best).toBe(best)
    expect(process.capital).toBeLessThan(1)
  })

  it('reaches 1/a in at most a of the runs without a change, looked at after every case', () => {
    const random = makeRandom(1)
    let alarms = 0
    const runs = 2_000
    for (let run = 0; run < runs; run++) {
      const process = new BettingProcess({ m: 0, alpha: 0.025, direction: 'less' })
      for (let i = 0; i < 100; i++) process.add((random() < 0.8 ? 1 : 0) - (random() < 0.8 ? 1 : 0))
      if (process.best >= 40) alarms++
    }
    expect(alarms / runs).toBeLessThan(0.025 + 3 * Math.sqrt((0.025 * 0.975) / runs))
  })

  it('refuses what cannot be', () => {
    expect(() => new BettingProcess({ m: -1, alpha: 0.025, direction: 'less' })).toThrow(RangeError)
    expect(() => new BettingProcess({ m: 0, alpha: 1, direction: 'less' })).toThrow(RangeError)
    expect(() => new BettingProcess({ m: 0, alpha: 0.1, direction: 'less', truncation: 2 })).toThrow(
      RangeError,
    )
    const process = new BettingProcess({ m: 0, alpha: 0.025, direction: 'less' })
    for (const d of [NaN, 1.1, -2]) expect(() => process.add(d)).toThrow(RangeError)
  })
})
