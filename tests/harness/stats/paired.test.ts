import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PairedInput, comparePaired } from '../../../harness/stats/paired.ts'
import { makeRandom } from '../../../harness/stats/random.ts'
import { tangoInterval } from '../../../harness/stats/tango.ts'

const GATE = { binary: true, alpha: 0.05, margin: 0.05 }

/** Pass rates over k repeats of n cases. */
function rates(random: () => number, n: number, k: number, p: number): number[] {
  return Array.from({ length: n }, () => {
    let passed = 0
    for (let i = 0; i < k; i++) if (random() < p) passed++
    return passed / k
  })
}

describe('a paired comparison', () => {
  it('of single yes-or-no outcomes is Tango’s, its guard the end of the interval', () => {
    const [base, candidate] = [rates(makeRandom(1), 60, 1, 0.8), rates(makeRandom(2), 60, 1, 0.7)]
    const result = comparePaired({ base, candidate, k: 1, ...GATE })
    const { n, worse, better } = result
    expect(result).toMatchObject({ n: 60, units: 60, effectiveUnits: 60, method: 'tango' })
    expect(result.delta).toBeCloseTo((better - worse) / n, 12)
    expect(result.interval).toEqual(tangoInterval({ n, worse, better }, 0.95))
    expect(result.guard?.lower).toBe(result.interval[0])
  })

  it('of repeats, graded scores or clusters is Bonett and Price’s', () => {
    const [base, candidate] = [rates(makeRandom(3), 40, 1, 0.8), rates(makeRandom(4), 40, 1, 0.8)]
    const clusters = base.map((_, i) => i >> 1)
    expect(comparePaired({ base, candidate, k: 1, ...GATE, binary: false }).method).toBe('bonett-price')
    expect(comparePaired({ base, candidate, k: 2, ...GATE }).method).toBe('bonett-price')
    const clustered = comparePaired({ base, candidate, k: 1, clusters, ...GATE })
    expect(clustered).toMatchObject({ n: 40, units: 20, method: 'bonett-price' })
    expect(clustered.effectiveUnits).toBeCloseTo(20, 12)
  })

  it('with clusters of one case each is as without clusters', () => {
    for (const k of [1, 5]) {
      const [base, candidate] = [rates(makeRandom(5), 30, k, 0.8), rates(makeRandom(6), 30, k, 0.8)]
      const input = { base, candidate, k, ...GATE }
      expect(comparePaired({ ...input, clusters: base.map((_, i) => `c${i}`) })).toEqual(comparePaired(input))
    }
  })

  it('mirrors when the arms swap', () => {
    const [base, candidate] = [rates(makeRandom(7), 50, 5, 0.8), rates(makeRandom(8), 50, 5, 0.7)]
    const forth = comparePaired({ base, candidate, k: 5, ...GATE })
    const back = comparePaired({ base: candidate, candidate: base, k: 5, ...GATE })
    expect([back.pWorse, back.pBetter, back.worse, back.better]).toEqual([
      forth.pBetter,
      forth.pWorse,
      forth.better,
      forth.worse,
    ])
    expect(back.interval[0]).toBeCloseTo(-forth.interval[1], 12)
  })

  it('counts no difference where means differ by rounding alone', () => {
    const result = comparePaired({ base: [0.3, 1], candidate: [0.1 + 0.2, 1], k: 10, ...GATE })
    expect(result).toMatchObject({ worse: 0, equal: 2, better: 0, delta: 0, pWorse: 0.5, pBetter: 0.5 })
  })

  it('proves nothing on one unit, in figures that are numbers', () => {
    for (const input of [
      { base: [1], candidate: [0.6], k: 5 },
      { base: [1, 1, 1], candidate: [0, 1, 0], k: 1, clusters: [4, 4, 4] },
    ]) {
      const { interval, guard, effectiveUnits } = comparePaired({ ...input, ...GATE })
      expect(effectiveUnits).toBeCloseTo(1, 12)
      expect(interval).toEqual([-1, 1])
      expect(guard).toEqual({ z: 0, crit: Number.MAX_VALUE, lower: -1 })
    }
  })

  it('has no NaN and nothing infinite, whatever the scores', () => {
    const score = fc.oneof(fc.constantFrom(0, 0.2, 0.4, 1), fc.double({ min: 0, max: 1, noNaN: true }))
    const cases = fc.array(fc.tuple(score, score, fc.nat({ max: 5 })), { minLength: 1, maxLength: 18 })
    const margins = fc.constantFrom(null, 0, 0.05, 0.5, 1)
    fc.assert(
      fc.property(cases, margins, fc.boolean(), (cases, margin, clustered) => {
        const result = comparePaired({
          base: cases.map(([a]) => a),
          candidate: cases.map(([, b]) => b),
          k: 3,
          clusters: clustered ? cases.map(([, , id]) => id) : undefined,
          binary: false,
          alpha: 0.05,
          margin,
        })
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
        expect(result.worse + result.equal + result.better).toBe(cases.length)
        expect(result.interval[0]).toBeGreaterThanOrEqual(-1)
        expect(result.interval[1]).toBeLessThanOrEqual(1)
        expect(result.guard === null).toBe(margin === null)
      }),
      { seed: 9, numRuns: 300 },
    )
  })

  it('of all alike scores rules out the margin from 73 cases on, and not below', () => {
    // √(n · 0.05 / 0.95) reaches 1.96 at 73; no valid bound does below 72.
    const holds = (n: number): boolean => {
      const alike = Array<number>(n).fill(1)
      const { guard } = comparePaired({ base: alike, candidate: alike, k: 1, ...GATE })
      return guard !== null && guard.z >= guard.crit
    }
    expect([72, 73].map(holds)).toEqual([false, true])
  })

  const good: PairedInput = { base: [1, 0], candidate: [1, 1], k: 1, ...GATE }
  it.each([
    ['no cases', { ...good, base: [], candidate: [] }],
    ['arms of different length', { ...good, base: [1] }],
    ['clusters of another length', { ...good, clusters: [1] }],
    ['a score of NaN', { ...good, base: [1, NaN] }],
    ['a score above 1', { ...good, candidate: [1, 1.2] }],
    ['half a pass in a single run', { ...good, candidate: [1, 0.5] }],
    ['a level of 0', { ...good, alpha: 0 }],
    ['a level of 5', { ...good, alpha: 5 }],
    ['a negative margin', { ...good, margin: -0.05 }],
    ['a margin above 1', { ...good, margin: 5 }],
    ['no repeats', { ...good, k: 0 }],
  ])('refuses %s', (_, input) => {
    expect(() => comparePaired(input)).toThrow(RangeError)
  })
})
