import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bonettPrice } from '../../../harness/stats/bonett-price.ts'
import { tQuantile } from '../../../harness/stats/student-t.ts'

const differences = fc.array(
  fc.integer({ min: -5, max: 5 }).map((x) => x / 5),
  { minLength: 2, maxLength: 50 },
)

describe('the Bonett–Price interval', () => {
  it('is the t interval after adding a case at +1/k and one at −1/k', () => {
    fc.assert(
      fc.property(differences, fc.integer({ min: 1, max: 5 }), (d, k) => {
        const sample = [...d, 1 / k, -1 / k]
        const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length
        const squares = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0)
        const se = Math.sqrt(squares / (sample.length - 1) / sample.length)
        const result = bonettPrice({ d, k, confidence: 0.95 })
        expect(result.center).toBeCloseTo(mean, 12)
        expect(result.se).toBeCloseTo(se, 12)
        expect(result.df).toBeCloseTo(d.length - 1, 9)
        const half = tQuantile(0.975, d.length - 1) * se
        expect(result.interval[0]).toBeCloseTo(Math.max(-1, mean - half), 10)
        expect(result.interval[1]).toBeCloseTo(Math.min(1, mean + half), 10)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('has a width where all differences are equal', () => {
    const { interval } = bonettPrice({ d: new Float64Array(50), k: 5, confidence: 0.95 })
    expect(interval[0]).toBeLessThan(-0.01)
    expect(interval[1]).toBeCloseTo(-interval[0], 12)
  })

  it('does not depend on what clusters are called, and is wider for clusters that move together', () => {
    const d = Array.from({ length: 40 }, (_, i) => (i % 8 < 4 ? -0.2 : 0.2))
    const numbers = d.map((_, i) => Math.floor(i / 4))
    const named = bonettPrice({ d, k: 5, clusters: numbers.map((id) => `document ${id}`), confidence: 0.95 })
    const numbered = bonettPrice({ d, k: 5, clusters: numbers, confidence: 0.95 })
    expect(named).toEqual(numbered)
    expect(numbered.df).toBeCloseTo(9, 12)
    expect(numbered.interval[1]).toBeGreaterThan(bonettPrice({ d, k: 5, confidence: 0.95 }).interval[1])
  })

  it('is all that can be for one unit', () => {
    expect(bonettPrice({ d: [0.5], k: 1, confidence: 0.95 }).interval).toEqual([-1, 1])
    expect(bonettPrice({ d: [0, 0, 1], k: 1, clusters: [7, 7, 7], confidence: 0.95 }).interval).toEqual([
      -1, 1,
    ])
  })

  it('stays finite for two units of which one is all but everything', () => {
    const d = new Float64Array(1_000)
    const clusters = d.map((_, i) => (i === 0 ? 1 : 0))
    const { interval, se } = bonettPrice({ d, k: 1, clusters, confidence: 0.95 })
    expect(interval).toEqual([-1, 1])
    expect(Number.isFinite(se)).toBe(true)
  })

  it('refuses no differences, NaN, clusters of another number, and repeats of 0', () => {
    expect(() => bonettPrice({ d: [], k: 1, confidence: 0.95 })).toThrow(RangeError)
    expect(() => bonettPrice({ d: [NaN], k: 1, confidence: 0.95 })).toThrow(RangeError)
    expect(() => bonettPrice({ d: [0, 0], k: 1, clusters: [1], confidence: 0.95 })).toThrow('one length')
    expect(() => bonettPrice({ d: [0, 0], k: 0, confidence: 0.95 })).toThrow(RangeError)
    expect(() => bonettPrice({ d: [0, 0], k: 1, confidence: 1 })).toThrow(RangeError)
  })
})
