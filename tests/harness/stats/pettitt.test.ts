import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pettitt } from '../../../harness/stats/pettitt.ts'
import { makeRandom } from '../../../harness/stats/random.ts'

/** The statistic by its definition: signs of all pairs. */
function byDefinition(series: readonly number[]): { index: number; K: number } {
  let best = { index: 1, K: 0 }
  for (let t = 1; t < series.length; t++) {
    let U = 0
    for (const x of series.slice(0, t)) for (const y of series.slice(t)) U += Math.sign(x - y)
    if (Math.abs(U) > best.K) best = { index: t, K: Math.abs(U) }
  }
  return best
}

function* orders(values: readonly number[]): Generator<number[]> {
  if (values.length === 0) yield []
  for (let i = 0; i < values.length; i++)
    for (const rest of orders(values.toSpliced(i, 1))) yield [values[i] as number, ...rest]
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}

const numbers = (min: number, max: number) =>
  fc.array(fc.integer({ min: -4, max: 4 }), { minLength: min, maxLength: max })

describe('Pettitt’s test', () => {
  it('agrees with an example worked by hand', () => {
    // 1, 2 against 3, 4: U is −3, −4, −3. Of 24 orders those that begin with {1, 2} or {3, 4} reach 4: 8.
    expect(pettitt([1, 2, 3, 4])).toStrictEqual({ index: 2, K: 4, p: 8 / 24, method: 'exact' })
  })

  it('is K = n²/4 for a clean step in the middle, with the p of its two extreme halves', () => {
    for (const n of [8, 10, 14]) {
      // All below the step before all above it, so that only the halves themselves are as extreme.
      const { index, K, p } = pettitt(Array.from({ length: n }, (_, i) => (i < n / 2 ? i : 100 + i)))
      expect([index, K]).toStrictEqual([n / 2, (n * n) / 4])
      expect(p).toBeCloseTo((2 * factorial(n / 2) ** 2) / factorial(n), 12)
    }
  })

  it('is the statistic of its definition, ties and all', () => {
    fc.assert(
      fc.property(numbers(2, 40), (series) => {
        expect(pettitt(series)).toMatchObject(byDefinition(series))
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('has for p the share of all orders that are as extreme', () => {
    fc.assert(
      fc.property(numbers(2, 6), (series) => {
        const { K } = byDefinition(series)
        const all = [...orders(series)]
        const extreme = all.filter((order) => byDefinition(order).K >= K)
        expect(pettitt(series).p).toBeCloseTo(extreme.length / all.length, 12)
      }),
      { seed: 2, numRuns: 40 },
    )
  })

  it('has the same K and p backwards, and under every scale that keeps the order', () => {
    const random = makeRandom(3)
    for (const n of [9, 14, 15, 40]) {
      const series = Array.from({ length: n }, (_, i) => random() + (i < n / 3 ? 0 : 0.4))
      const { index, K, p, method } = pettitt(series)
      expect(pettitt(series.toReversed())).toStrictEqual({ index: n - index, K, p, method })
      expect(pettitt(series.map((x) => Math.exp(3 * x)))).toStrictEqual({ index, K, p, method })
    }
  })

  it('finds nothing in a series that never changes', () => {
    expect(pettitt(Array<number>(30).fill(0.5))).toMatchObject({ K: 0, p: 1 })
  })

  it('cannot find anything in fewer than eight values', () => {
    expect(pettitt([1, 2, 3, 10, 11, 12, 13]).p).toBeGreaterThan(0.05)
    expect(pettitt([1, 2, 3, 4, 10, 11, 12, 13]).p).toBeLessThan(0.05)
  })

  it('samples long series to within chance of what is exact', () => {
    // Fourteen values are counted, and fifteen are drawn: the one that is added in the middle changes little.
    const random = makeRandom(4)
    const noise = Array.from({ length: 14 }, (_, i) => random() + (i < 7 ? 0 : 0.25))
    const exact = pettitt(noise)
    const sampled = pettitt(noise.toSpliced(7, 0, 0.6))
    expect([exact.method, sampled.method]).toStrictEqual(['exact', 'sampled'])
    expect(Math.abs(Math.log(sampled.p / exact.p))).toBeLessThan(Math.log(2))
  })

  it('knows the p of twenty values to a tenth, where a correction for many series looks', () => {
    // Of all orders of twenty values 0.276% reach K = 83: counted over all sets that may stand first.
    const { K, p } = pettitt([9, 2, 1, 5, 6, 3, 11, 12, 4, 13, 17, 15, 19, 10, 16, 18, 7, 8, 20, 14])
    expect(K).toBe(83)
    expect(Math.abs(p / 0.00276 - 1)).toBeLessThan(0.1)
  })

  it('gives a long clean step a p below what its orders alone could show', () => {
    const { p } = pettitt(Array.from({ length: 60 }, (_, i) => i + (i < 30 ? 0 : 100)))
    expect(p).toBeLessThan(1e-9)
    expect(p).toBeGreaterThan(0)
  })

  it('gives p by the same seed alike, and by another one nearly so', () => {
    const random = makeRandom(5)
    const series = Array.from({ length: 30 }, (_, i) => random() + (i < 15 ? 0 : 0.2))
    const p = [1, 1, 2].map((seed) => pettitt(series, { seed }).p)
    expect(p[0]).toBe(p[1])
    expect(p[2]).not.toBe(p[0])
    expect(Math.abs((p[2] as number) / (p[0] as number) - 1)).toBeLessThan(0.5)
  })

  it.each([8, 12, 25])('raises no more false alarms than it may: %i runs at one level', (n) => {
    const random = makeRandom(n)
    // Pass rates of 40 cases: many ties.
    const rate = (): number => Array.from({ length: 40 }, () => random() < 0.8).filter(Boolean).length / 40
    const alarms = Array.from({ length: 1_500 }, () => pettitt(Array.from({ length: n }, rate)).p < 0.05)
    const share = alarms.filter(Boolean).length / alarms.length
    expect(share).toBeLessThanOrEqual(0.06)
    expect(share).toBeGreaterThan(0.005)
  })

  it('sees a step of two standard deviations in 24 runs nearly always, and near its place', () => {
    const random = makeRandom(6)
    const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6)
    const found = Array.from({ length: 200 }, () =>
      pettitt(Array.from({ length: 24 }, (_, i) => normal() + (i < 14 ? 0 : 2))),
    )
    expect(found.filter(({ p }) => p < 0.05).length).toBeGreaterThan(180)
    expect(found.filter(({ index }) => Math.abs(index - 14) <= 1).length).toBeGreaterThan(150)
  })

  it.each([[[]], [[1]], [[1, NaN, 2]], [[1, Infinity]]])('refuses %j', (series) => {
    expect(() => pettitt(series)).toThrow(RangeError)
  })
})
