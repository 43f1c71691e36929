import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, retryPolicy } from '../../../../harness/execute/retry/backoff.ts'

const ALMOST_ONE = 1 - Number.EPSILON
const policy = retryPolicy()

describe('backoff', () => {
  it('is five tries, half a second and half a minute where the suite says nothing', () => {
    expect(policy).toEqual({ attempts: 5, baseMs: 500, maxMs: 30_000 })
    expect(retryPolicy({ attempts: 2, baseMs: 10 })).toEqual({ attempts: 2, baseMs: 10, maxMs: 30_000 })
  })

  it('doubles what it takes a random part of, up to the most', () => {
    const most = [1, 2, 3, 6, 7, 8, 2000].map((failures) => backoffMs(policy, failures, ALMOST_ONE))
    expect(most.map(Math.round)).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000])
    expect([1, 2, 3].map((failures) => backoffMs(policy, failures, 0))).toEqual([0, 0, 0])
    expect(backoffMs(policy, 3, 0.25)).toBe(500)
  })

  it('waits at least as long as the server asks, and spreads those it told the same', () => {
    expect(backoffMs(policy, 1, 0, 7000)).toBe(7000)
    expect(backoffMs(policy, 1, 0.5, 7000)).toBe(7250)
    expect(backoffMs(policy, 8, 0.5, 1000)).toBe(15_000)
    expect(backoffMs(policy, 1, 0.5, 0)).toBe(250)
  })

  it('is a wait that a timer can keep, whatever the settings', () => {
    const setting = fc.double({ min: 1e-3, max: 1e300, noNaN: true })
    const failures = fc.integer({ min: 1, max: 10_000 })
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    const asked = fc.option(fc.double({ min: 0, max: 600_000, noNaN: true }), { nil: undefined })
    fc.assert(
      fc.property(setting, setting, failures, random, asked, (baseMs, maxMs, count, part, retryAfterMs) => {
        const ms = backoffMs(retryPolicy({ baseMs, maxMs }), count, part, retryAfterMs)
        expect(ms).toBeGreaterThanOrEqual(retryAfterMs ?? 0)
        expect(ms).toBeLessThan(2 ** 31)
      }),
      { seed: 1 },
    )
  })
})
