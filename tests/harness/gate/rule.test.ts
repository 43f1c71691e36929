import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Evidence, metricDecision } from '../../../harness/gate/rule.ts'

/** Nothing is proven. */
const evidence = (parts: Partial<Evidence> = {}): Evidence => {
  const pWorse = parts.pWorse ?? 0.5
  return {
    pWorse,
    pWorseHolm: pWorse,
    pBetterHolm: 0.5,
    interval: [-0.08, 0.08],
    guard: { z: 1, crit: 1.96 },
    alpha: 0.05,
    margin: 0.05,
    ...parts,
  }
}
const HOLDS = { z: 1.96, crit: 1.96 }

describe('a comparison', () => {
  it.each<[string, Partial<Evidence>, ReturnType<typeof metricDecision>]>([
    [
      'improved at exactly alpha / 2',
      { pBetterHolm: 0.025, interval: [0.001, 0.1] },
      { decision: 'improved', smallDrop: false },
    ],
    [
      'improved, and no worse too',
      { pBetterHolm: 0.001, interval: [0.01, 0.1], guard: HOLDS },
      { decision: 'improved', smallDrop: false },
    ],
    [
      'no worse at exactly the critical value',
      { interval: [-0.04, 0.04], guard: HOLDS },
      { decision: 'no_worse', smallDrop: false },
    ],
    [
      'a drop that is real and smaller than the margin',
      { pWorse: 0.001, interval: [-0.03, -0.01], guard: HOLDS },
      { decision: 'no_worse', smallDrop: true },
    ],
    [
      'a regression at exactly alpha / 2',
      { pWorse: 0.025, interval: [-0.1, -0.001] },
      { decision: 'regression', smallDrop: false },
    ],
    [
      'a regression without a margin',
      { pWorse: 0.001, interval: [-0.1, -0.01], guard: null, margin: null },
      { decision: 'regression', smallDrop: false },
    ],
  ])('is %s', (_, parts, expected) => {
    expect(metricDecision(evidence(parts))).toStrictEqual(expected)
  })

  it.each<[string, Partial<Evidence>, 'leaning_worse' | 'no_signal']>([
    ['the interval holds 0 and p does not', { pWorse: 0.02, interval: [-0.1, 0.001] }, 'leaning_worse'],
    [
      'p holds only before Holm, and the adjusted one is high',
      { pWorse: 0.02, pWorseHolm: 0.3, interval: [-0.1, -0.01] },
      'no_signal',
    ],
    ['p is exactly 0.1', { pWorse: 0.1 }, 'leaning_worse'],
    ['p is just over 0.1', { pWorse: 0.1001 }, 'no_signal'],
    ['the guard is a hair short', { interval: [-0.04, 0.04], guard: { z: 1.9599, crit: 1.96 } }, 'no_signal'],
    [
      'the guard holds and the interval reaches the margin',
      { interval: [-0.05, 0.04], guard: HOLDS },
      'no_signal',
    ],
    ['there is a guard and no margin', { interval: [-0.01, 0.01], guard: HOLDS, margin: null }, 'no_signal'],
    ['better by p, not by the interval', { pBetterHolm: 0.001, interval: [0, 0.1] }, 'no_signal'],
  ])('is inconclusive when %s', (_, parts, signal) => {
    expect(metricDecision(evidence(parts))).toStrictEqual({
      decision: 'inconclusive',
      smallDrop: false,
      signal,
    })
  })

  it('stays a regression as the evidence for one grows', () => {
    const below = (most: number): fc.Arbitrary<number> => fc.double({ min: 0, max: most, noNaN: true })
    fc.assert(
      fc.property(below(0.025), below(1), below(1), below(1), (p, share, drop, width) => {
        const guard = { z: -1, crit: 2 }
        const upper = -drop - 1e-9
        const interval = [upper - width, upper] as const
        const further = [upper - width - drop, upper - drop] as const
        expect(metricDecision(evidence({ pWorse: p, interval, guard })).decision).toBe('regression')
        const stronger = evidence({ pWorse: p * share, interval: further, guard })
        expect(metricDecision(stronger).decision).toBe('regression')
      }),
      { seed: 4 },
    )
  })
})
