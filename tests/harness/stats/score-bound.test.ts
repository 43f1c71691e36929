import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countedUnits } from '../../../harness/stats/counted-units.ts'
import { normalQuantile } from '../../../harness/stats/normal.ts'
import { scoreLowerBound, scoreZ } from '../../../harness/stats/score-bound.ts'
import { tangoInterval, tangoZ } from '../../../harness/stats/tango.ts'
import { unitsOf } from '../../../harness/stats/units.ts'

const CRIT = normalQuantile(0.975)
const outcomes = fc.array(fc.constantFrom(-1, 0, 0, 0, 1), { minLength: 1, maxLength: 80 })
const graded = fc.array(
  fc.integer({ min: -5, max: 5 }).map((x) => x / 5),
  { minLength: 2, maxLength: 60 },
)

function countsOf(d: readonly number[]) {
  return { worse: d.filter((x) => x < 0).length, better: d.filter((x) => x > 0).length, n: d.length }
}

describe('the score bound', () => {
  it('is Tango’s for outcomes of −1, 0 and 1', () => {
    fc.assert(
      fc.property(outcomes, fc.double({ min: -0.95, max: 0.95, noNaN: true }), (d, m) => {
        expect(scoreZ(unitsOf(d), m)).toBeCloseTo(tangoZ(countsOf(d), m), 6)
        expect(scoreLowerBound(unitsOf(d), CRIT)).toBeCloseTo(tangoInterval(countsOf(d), 0.95)[0], 8)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('is where the statistic reaches the critical value, with clusters too', () => {
    const clusters = fc.array(fc.nat({ max: 9 }), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(graded, fc.option(clusters, { nil: undefined }), (d, ids) => {
        const units = unitsOf(d, ids?.slice(0, d.length))
        const lower = scoreLowerBound(units, CRIT)
        expect(lower).toBeGreaterThanOrEqual(-1)
        expect(lower).toBeLessThanOrEqual(d.reduce((sum, x) => sum + x, 0) / d.length)
        if (lower > -1 + 1e-6) expect(scoreZ(units, lower)).toBeCloseTo(CRIT, 5)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('falls as the mean asked for grows, through 0 at the observed one', () => {
    const units = unitsOf([0.2, -0.4, 0, 0.2, -0.2, 0, -0.6, -0.2])
    const zs = [-0.9, -0.5, -0.125, 0.3, 0.9].map((m) => scoreZ(units, m))
    expect(zs).toEqual(zs.toSorted((a, b) => b - a))
    expect(zs[2]).toBeCloseTo(0, 6)
  })

  it('mirrors when all differences are negated', () => {
    fc.assert(
      fc.property(graded, fc.double({ min: -0.9, max: 0.9, noNaN: true }), (d, m) => {
        const mirrored = d.map((x) => -x)
        expect(scoreZ(unitsOf(mirrored), -m)).toBeCloseTo(-scoreZ(unitsOf(d), m), 9)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('of no change at all is √(GΔ / (1 − Δ)) and −c² / (G + c²)', () => {
    for (const G of [1, 20, 100]) {
      const units = unitsOf(new Float64Array(G))
      expect(scoreZ(units, -0.05)).toBeCloseTo(Math.sqrt((G * 0.05) / 0.95), 12)
      expect(scoreLowerBound(units, CRIT)).toBeCloseTo(-(CRIT ** 2) / (G + CRIT ** 2), 12)
    }
  })

  it('has the closed form where no difference is far below 0', () => {
    const d = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? -0.2 : 0))
    const closed = (-2 - CRIT ** 2) / (100 + CRIT ** 2)
    expect(scoreLowerBound(unitsOf(d), CRIT)).toBeCloseTo(closed, 12)
    expect(scoreZ(unitsOf(d), closed)).toBeCloseTo(CRIT, 9)
  })

  it('is the same for units counted together', () => {
    fc.assert(
      fc.property(graded, (d) => {
        const [each, counted] = [unitsOf(d), countedUnits(unitsOf(d))]
        expect(counted.sums.length).toBeLessThanOrEqual(11)
        expect(scoreZ(counted, -0.05)).toBeCloseTo(scoreZ(each, -0.05), 9)
        expect(scoreLowerBound(counted, 2)).toBeCloseTo(scoreLowerBound(each, 2), 9)
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  it('is −1 where everything fell, and for a critical value that nothing reaches', () => {
    expect(scoreLowerBound(unitsOf([-1, -1, -1]), CRIT)).toBe(-1)
    expect(scoreLowerBound(unitsOf([0, 0, 0.5]), Number.MAX_VALUE)).toBe(-1)
  })

  it('refuses differences outside [−1, 1], a mean outside it, and a critical value of 0', () => {
    expect(() => scoreZ(unitsOf([0, 1.5]), 0)).toThrow(RangeError)
    expect(() => scoreZ(unitsOf([0, 0.5]), NaN)).toThrow(RangeError)
    expect(() => scoreLowerBound(unitsOf([0, 0.5]), 0)).toThrow(RangeError)
    expect(() => scoreZ({ sums: new Float64Array(0), sizes: new Float64Array(0) }, 0)).toThrow(RangeError)
  })
})
