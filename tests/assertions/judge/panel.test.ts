import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PanelRule } from '../../../assertions/judge/panel.ts'
import { combine } from '../../../assertions/judge/panel.ts'

const rule = fc.constantFrom<PanelRule>('majority', 'mean', 'median')
const score = fc.constantFrom(0, 0.25, 0.5, 0.75, 1)
const scores = fc.array(score, { minLength: 1, maxLength: 9 })
const always = { seed: 1, numRuns: 200 }

describe('a panel’s verdict', () => {
  it('lies between the lowest and the highest of its members’', () => {
    fc.assert(
      fc.property(scores, rule, (given, by) => {
        const combined = combine(given, by)
        expect(combined).toBeGreaterThanOrEqual(Math.min(...given) - 1e-12)
        expect(combined).toBeLessThanOrEqual(Math.max(...given) + 1e-12)
      }),
      always,
    )
  })

  it('is that of all members where they agree, and does not depend on their order', () => {
    fc.assert(
      fc.property(scores, rule, score, (given, by, one) => {
        expect(combine(given.toReversed(), by)).toBe(combine(given, by))
        expect(combine(given.fill(one), by)).toBeCloseTo(one, 12)
      }),
      always,
    )
  })

  it('does not fall where a member thinks better of the reply, by mean or median', () => {
    fc.assert(
      fc.property(scores, fc.constantFrom<PanelRule>('mean', 'median'), fc.nat(), (given, by, at) => {
        const raised = given.with(at % given.length, 1)
        expect(combine(raised, by)).toBeGreaterThanOrEqual((combine(given, by) ?? NaN) - 1e-12)
      }),
      always,
    )
  })

  it('is none where fewer than half gave one', () => {
    expect(combine([null, null, 1], 'majority')).toBeNull()
    expect(combine([null], 'mean')).toBeNull()
    expect(combine([null, 1], 'median')).toBe(1)
  })
})
