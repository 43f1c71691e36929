import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mcnemarWorse } from '../../../harness/stats/mcnemar.ts'
import { normalCdf } from '../../../harness/stats/normal.ts'
import { makeRandom } from '../../../harness/stats/random.ts'
import { signFlip } from '../../../harness/stats/sign-flip.ts'

const fifths = fc.integer({ min: -15, max: 15 }).map((x) => x / 5)
const fine = fc.integer({ min: -1_000, max: 1_000 }).map((x) => x / 1_000)
const reals = fc.double({ min: -1, max: 1, noNaN: true })

/** All ways to choose the signs, one after the other. */
function bruteForce(d: readonly number[]) {
  const T = d.reduce((sum, x) => sum + x, 0)
  let [below, equal, above] = [0, 0, 0]
  for (let signs = 0; signs < 2 ** d.length; signs++) {
    const sum = d.reduce((total, x, i) => total + ((signs >> i) & 1 ? x : -x), 0)
    if (Math.abs(sum - T) < 1e-9) equal++
    else if (sum < T) below++
    else above++
  }
  const all = 2 ** d.length
  return {
    worse: { exact: (below + equal) / all, midP: (below + equal / 2) / all },
    better: { exact: (above + equal) / all, midP: (above + equal / 2) / all },
  }
}

function expectClose(got: ReturnType<typeof bruteForce>, expected: ReturnType<typeof bruteForce>) {
  for (const side of ['worse', 'better'] as const) {
    expect(got[side].exact).toBeCloseTo(expected[side].exact, 12)
    expect(got[side].midP).toBeCloseTo(expected[side].midP, 12)
  }
}

describe('the sign-flip test', () => {
  it('counts all sign choices, on lattices coarse and fine', () => {
    const samples = fc.array(fc.oneof(fifths, fine), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(samples, (d) => {
        const result = signFlip(d)
        expect(result.method).toBe('exact')
        expectClose(result, bruteForce(d))
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('counts them where differences lie on no lattice', () => {
    fc.assert(
      fc.property(fc.array(reals, { minLength: 1, maxLength: 12 }), (d) => {
        // What is smaller than rounding counts as no change.
        const clean = d.map((x) => (Math.abs(x) < 1e-6 ? 0 : x))
        expectClose(signFlip(clean), bruteForce(clean))
      }),
      { seed: 2, numRuns: 60 },
    )
    const irrational = [Math.SQRT2, -Math.PI, Math.E, Math.LN2]
    expect(signFlip(irrational).method).toBe('enumerated')
  })

  it('swaps worse and better when all differences are negated', () => {
    const samples = fc.array(fc.oneof(fifths, reals), { minLength: 1, maxLength: 18 })
    fc.assert(
      fc.property(samples, (d) => {
        const [given, negated] = [signFlip(d), signFlip(d.map((x) => -x))]
        expect([given.worse, given.better]).toEqual([negated.better, negated.worse])
      }),
      { seed: 3, numRuns: 100 },
    )
  })

  it('does not depend on the order of the units, whatever its method', () => {
    const random = makeRandom(4)
    for (const n of [6, 18, 40, 300]) {
      for (const scale of [5, 1e12]) {
        const d = Array.from({ length: n }, () => Math.round((random() - 0.55) * scale) / scale)
        const shuffled = d.toSorted((a, b) => Math.sin(1e4 * a) - Math.sin(1e4 * b))
        expect(signFlip(shuffled)).toStrictEqual(signFlip(d))
      }
    }
  })

  it('has a mid-p of at most the exact p, and both within 0 and 1', () => {
    const samples = fc.array(fc.oneof(fifths, fine), { minLength: 1, maxLength: 120 })
    fc.assert(
      fc.property(samples, (d) => {
        for (const { exact, midP } of [signFlip(d).worse, signFlip(d).better]) {
          expect(midP).toBeGreaterThan(0)
          expect(midP).toBeLessThanOrEqual(exact)
          expect(exact).toBeLessThanOrEqual(1)
        }
      }),
      { seed: 5, numRuns: 100 },
    )
  })

  it('is McNemar’s test for single runs, few and many', () => {
    for (const [b, c] of [
      [0, 0],
      [3, 0],
      [1, 7],
      [20, 8],
      [30, 45],
      [900, 1_000],
    ] as const) {
      const d = [...Array<number>(b).fill(-1), ...Array<number>(c).fill(1), 0, 0, 0]
      const { worse, better } = signFlip(d)
      expect(worse.exact).toBeCloseTo(mcnemarWorse(b, c).exact, 12)
      expect(worse.midP).toBeCloseTo(mcnemarWorse(b, c).midP, 12)
      expect(better.midP).toBeCloseTo(mcnemarWorse(c, b).midP, 12)
    }
  })

  it('takes sums that differ by rounding alone for one', () => {
    const [tenths, whole] = [
      [0.3, -0.1, -(0.1 + 0.2), 0.7 - 0.6],
      [3, -1, -3, 1],
    ]
    expectClose(signFlip(tenths), signFlip(whole))
    expect(signFlip([0.1 + 0.2 - 0.3, 0, 0]).worse).toEqual({ exact: 1, midP: 0.5 })
  })

  it('works out 25,000 units that changed exactly, near the normal approximation', () => {
    const random = makeRandom(6)
    const d = Array.from(
      { length: 25_000 },
      () => (Math.floor(random() * 5) + 1) * (random() < 0.508 ? -0.2 : 0.2),
    )
    const { worse, better, method } = signFlip(d)
    expect(method).toBe('exact')
    expect(worse.midP + better.midP).toBeCloseTo(1, 11)
    const z = d.reduce((sum, x) => sum + x, 0) / Math.hypot(...d)
    expect(z).toBeLessThan(-1)
    expect(worse.midP).toBeCloseTo(normalCdf(z), 4)
  })

  it('never gives a p of 0, however strong the evidence', () => {
    const lattice = signFlip(Array.from({ length: 3_000 }, (_, i) => -0.2 * (1 + (i % 5))))
    expect(lattice.worse.midP).toBeGreaterThan(0)
    expect(lattice.worse.midP).toBeLessThan(1e-15)
    expect(lattice.better.exact).toBe(1)
  })

  it('samples where neither is possible: near the exact p, the same for a seed, never 0', () => {
    const random = makeRandom(8)
    const noise = Array.from({ length: 60 }, () => random() - 0.6)
    const sampled = signFlip(noise)
    const exact = signFlip(noise.map((x) => Math.round(x * 1_000) / 1_000))
    expect([sampled.method, exact.method]).toEqual(['sampled', 'exact'])
    expect(Math.abs(sampled.worse.exact - exact.worse.exact)).toBeLessThan(0.005)
    expect(signFlip(noise)).toStrictEqual(sampled)
    expect(signFlip(noise, { seed: 9 }).worse).not.toEqual(sampled.worse)
    expect(signFlip(noise.map((x) => -Math.abs(x))).worse.exact).toBe(1e-5)
  })

  it('samples fewer flips of many units on no lattice, near the normal approximation all the same', () => {
    const random = makeRandom(10)
    const d = Array.from({ length: 30_000 }, () => random() - 0.502)
    const { worse, method } = signFlip(d)
    expect(method).toBe('sampled')
    // (extreme + 1) / (flips + 1): 2·10⁷ additions over 3,750 blocks of eight.
    expect((worse.exact * 5_334) % 1).toBeCloseTo(0, 6)
    const z = d.reduce((sum, x) => sum + x, 0) / Math.hypot(...d)
    expect(Math.abs(worse.exact - normalCdf(z))).toBeLessThan(0.03)
  })

  it.each([[[]], [[NaN]], [[0.1, Infinity]]])('refuses %j', (d) => {
    expect(() => signFlip(d)).toThrow(RangeError)
  })
})
