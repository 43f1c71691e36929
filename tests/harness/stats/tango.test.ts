import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../../harness/stats/normal.ts'
import { tangoInterval, tangoZ } from '../../../harness/stats/tango.ts'

const tables = fc
  .tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.nat({ max: 200 }))
  .map(([worse, better, same]) => ({ worse, better, n: worse + better + same }))
  .filter(({ n }) => n > 0)

describe('Tango’s interval', () => {
  it('ends where the statistic is ±1.96, unless it reaches ±1', () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const [lo, hi] = tangoInterval(counts, 0.95)
        if (counts.worse < counts.n) expect(tangoZ(counts, lo)).toBeCloseTo(normalQuantile(0.975), 6)
        else expect(lo).toBe(-1)
        if (counts.better < counts.n) expect(tangoZ(counts, hi)).toBeCloseTo(normalQuantile(0.025), 6)
        else expect(hi).toBe(1)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('holds the observed difference, has a width, and mirrors when worse and better swap', () => {
    fc.assert(
      fc.property(tables, ({ worse, better, n }) => {
        const [lo, hi] = tangoInterval({ worse, better, n }, 0.95)
        expect(lo).toBeLessThanOrEqual((better - worse) / n)
        expect(hi).toBeGreaterThanOrEqual((better - worse) / n)
        expect(hi - lo).toBeGreaterThan(0)
        const [mirroredLo, mirroredHi] = tangoInterval({ worse: better, better: worse, n }, 0.95)
        expect(mirroredLo).toBeCloseTo(-hi, 12)
        expect(mirroredHi).toBeCloseTo(-lo, 12)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('of no change at all is ±z² / (n + z²)', () => {
    const z2 = normalQuantile(0.975) ** 2
    for (const n of [1, 20, 72, 1_000]) {
      const [lo, hi] = tangoInterval({ worse: 0, better: 0, n }, 0.95)
      expect(lo).toBeCloseTo(-z2 / (n + z2), 10)
      expect(hi).toBeCloseTo(z2 / (n + z2), 10)
    }
  })

  it('is wider at a higher confidence', () => {
    const counts = { worse: 8, better: 3, n: 100 }
    const [narrow, wide] = [tangoInterval(counts, 0.9), tangoInterval(counts, 0.99)]
    expect(wide[0]).toBeLessThan(narrow[0])
    expect(wide[1]).toBeGreaterThan(narrow[1])
  })
})

describe('Tango’s statistic', () => {
  it('is McNemar’s at no difference', () => {
    expect(tangoZ({ worse: 20, better: 8, n: 100 }, 0)).toBeCloseTo((8 - 20) / Math.sqrt(28), 12)
    expect(tangoZ({ worse: 0, better: 0, n: 100 }, 0)).toBe(0)
  })

  it('is finite wherever it is asked', () => {
    fc.assert(
      fc.property(tables, fc.double({ min: -1, max: 1, noNaN: true }), (counts, delta) => {
        expect(Number.isFinite(tangoZ(counts, delta))).toBe(true)
      }),
      { seed: 3, numRuns: 500 },
    )
    expect(Number.isFinite(tangoZ({ worse: 3, better: 0, n: 3 }, -1))).toBe(true)
    expect(Number.isFinite(tangoZ({ worse: 0, better: 3, n: 3 }, -1))).toBe(true)
  })

  it('refuses counts that cannot be', () => {
    expect(() => tangoZ({ worse: 3, better: 3, n: 5 }, 0)).toThrow(RangeError)
    expect(() => tangoZ({ worse: 0, better: 0, n: 0 }, 0)).toThrow(RangeError)
    expect(() => tangoInterval({ worse: 0.5, better: 0, n: 5 }, 0.95)).toThrow(RangeError)
    expect(() => tangoInterval({ worse: 1, better: 0, n: 5 }, 95)).toThrow(RangeError)
    expect(() => tangoZ({ worse: 1, better: 0, n: 5 }, -1.5)).toThrow(RangeError)
  })
})
