import { describe, expect, it } from 'vitest'
import { flipMany } from '../../../../harness/analyze/paired/flip-many.ts'
import { makeRandom } from '../../../../harness/stats/random.ts'
import { signFlip } from '../../../../harness/stats/sign-flip.ts'
import type { Cells } from './make-arm.ts'
import { caseId, compare, oddNumbersIn } from './make-arm.ts'

function cells(n: number, of: (i: number) => Cells[string][number]): Cells {
  return Object.fromEntries(Array.from({ length: n }, (_, i) => [caseId(i), [of(i)]]))
}

describe('latency', () => {
  const slower = (factor: number) => cells(40, (i) => ({ latencyMs: (100 + i * 7) * factor }))

  it('is compared by the ratio per case', () => {
    const [latency] = compare(slower(1), slower(1.5)).latency
    expect(latency?.ratio).toBeCloseTo(1.5, 10)
    expect(latency?.pAbove).toBeLessThan(0.001)
    expect(latency).toMatchObject({ cases: 40, limit: null, pAboveLimit: null, gates: false })
    expect(latency?.candidate.p50).toBeCloseTo(1.5 * (latency?.base.p50 ?? 0), 8)
  })

  it('is held to a limit from the limit on, not from 1', () => {
    const [below] = compare(slower(1), slower(1.5), { latencyRatio: 2 }).latency
    const [above] = compare(slower(1), slower(1.5), { latencyRatio: 1.2 }).latency
    expect(below).toMatchObject({ gates: true, limit: 2 })
    expect(below?.pAboveLimit).toBeGreaterThan(0.99)
    expect(above?.pAboveLimit).toBeLessThan(0.001)
  })

  it('has a tail: the share of replies slower than the p95 of both arms', () => {
    const tailed = cells(100, (i) => ({ latencyMs: i < 20 ? 1000 + i : 100 }))
    const [latency] = compare(
      cells(100, () => ({ latencyMs: 100 })),
      tailed,
    ).latency
    expect(latency?.tail?.thresholdMs).toBeGreaterThan(1000)
    expect(latency?.tail).toMatchObject({ base: 0, candidate: 0.1 })
    expect(latency?.tail?.delta).toBeCloseTo(0.1, 12)
    expect(latency?.tail?.interval[0]).toBeGreaterThan(0)
    expect(latency?.tail?.pWorse).toBeLessThan(0.001)
  })

  it('has no tail over fewer than 20 cases', () => {
    const few = cells(19, () => ({ latencyMs: 100 }))
    expect(compare(few, few).latency[0]?.tail).toBeNull()
  })

  it('is not compared where every reply was replayed', () => {
    const replayed = cells(5, () => ({ response: { cached: true } }))
    expect(
      compare(
        replayed,
        cells(5, () => 1),
      ).latency,
    ).toEqual([])
  })
})

describe('cost', () => {
  const costing = (of: (i: number) => number | 'unknown') => cells(30, (i) => ({ costUsd: of(i) }))

  it('of equal prices has the ratio 1 and proves nothing', () => {
    const [cost] = compare(
      costing(() => 0.002),
      costing(() => 0.002),
      { costRatio: 1.1 },
    ).cost
    expect(cost).toMatchObject({ ratio: 1, interval: [1, 1], pAbove: 0.5, pBelow: 0.5, base: 0.002 })
    expect(cost?.pAboveLimit).toBeGreaterThan(0.999)
  })

  it('leaves cases out whose price is not known', () => {
    const [cost] = compare(
      costing((i) => (i < 10 ? 'unknown' : 0.001)),
      costing(() => 0.002),
    ).cost
    expect(cost).toMatchObject({ cases: 20 })
    expect(cost?.ratio).toBeCloseTo(2, 12)
  })

  it('of nothing in both arms is no change', () => {
    expect(
      compare(
        costing(() => 0),
        costing(() => 0),
      ).cost[0],
    ).toMatchObject({ ratio: 1, base: 0, candidate: 0 })
  })

  it('that comes up from nothing has no ratio, and it is told', () => {
    const comparison = compare(
      costing(() => 0),
      costing(() => 0.01),
    )
    expect(comparison.cost).toEqual([])
    expect(comparison.warnings).toEqual([
      'few-shot × flash cost nothing in the baseline, so there is no ratio of costs.',
    ])
  })

  it('of some cases that cost nothing in one arm is that of the others', () => {
    const comparison = compare(
      costing((i) => (i === 0 ? 0 : 0.001)),
      costing(() => 0.001),
    )
    expect(comparison.cost[0]).toMatchObject({ cases: 29, ratio: 1 })
  })

  it('of extreme ratios stays a number', () => {
    const [tiny, huge] = [costing((i) => 1e-300 * (i + 1)), costing((i) => 1e300 / (i + 1))]
    expect(oddNumbersIn(compare(tiny, huge).cost)).toEqual([])
  })
})

describe('the sign-flip test of many units', () => {
  it.each([-0.02, -0.005, 0, 0.01])('agrees with the sampled one at a shift of %d', (shift) => {
    const random = makeRandom(3)
    // Skewed: nine in ten small, the others ten times as large.
    const d = Float64Array.from({ length: 4000 }, () => (random() - 0.5) * (random() < 0.1 ? 3 : 0.3) + shift)
    const many = flipMany(d)
    const sampled = signFlip(d)
    expect(Math.abs(many.worse - sampled.worse.midP)).toBeLessThan(0.01)
    expect(many.worse + many.better).toBeCloseTo(1, 6)
  })

  it.each([35, 70, 156, 400])(
    'agrees with 99,999 flips of %d units within what those flips can tell',
    (n) => {
      const random = makeRandom(n)
      for (const shift of [-0.15, -0.1, -0.05, 0, 0.1]) {
        const d = Float64Array.from(
          { length: n },
          () => random() + random() - 1 + (shift * 12) / Math.sqrt(n),
        )
        const { worse } = signFlip(d)
        const error = Math.sqrt((worse.midP * (1 - worse.midP)) / 99_999)
        expect(Math.abs(flipMany(d).worse - worse.midP)).toBeLessThan(4 * error + 2e-5)
      }
    },
  )

  it('is enumerated or sampled where one unit outweighs the others', () => {
    const d = Float64Array.from({ length: 100 }, (_, i) => (i === 0 ? 10.5 : 0.1 + i / 1000))
    const { worse, better } = signFlip(d)
    expect(flipMany(d)).toEqual({ worse: worse.midP, better: better.midP })
  })

  it('says ½ where all are equal', () => {
    expect(flipMany(new Float64Array(3000))).toEqual({ worse: 0.5, better: 0.5 })
  })
})
