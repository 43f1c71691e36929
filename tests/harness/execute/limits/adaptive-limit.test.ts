import { describe, expect, it } from 'vitest'
import { AdaptiveLimit } from '../../../../harness/execute/limits/adaptive-limit.ts'

/** As many calls answer as may be in flight, all of which left at `leftAt`. */
function round(limit: AdaptiveLimit, leftAt: number, isRetry = false): number {
  for (let left = limit.value; left > 0; left--) limit.passed(leftAt, true, isRetry)
  return limit.value
}

describe('a limit nobody wrote', () => {
  it('starts at 10, doubles each round trip up to 64, then grows by a sixteenth, and ends at 256', () => {
    const limit = new AdaptiveLimit(undefined)
    const seen = Array.from({ length: 60 }, (_, index) => round(limit, index + 1))
    expect(seen.slice(0, 4)).toStrictEqual([20, 40, 65, 69])
    expect(seen.at(-1)).toBe(256)
  })

  it('stays where it is while it holds nothing back', () => {
    const limit = new AdaptiveLimit(undefined)
    for (let index = 0; index < 1000; index++) limit.passed(1, false, false)
    expect(limit.value).toBe(10)
  })

  it('is halved by a throttle and returns by slow growth', () => {
    const limit = new AdaptiveLimit(undefined)
    for (let index = 1; index <= 3; index++) round(limit, index)
    limit.cut(10, false)
    expect(limit.value).toBe(32)
    expect(round(limit, 11)).toBe(34)
  })

  it('doubles its way back to half of what it was after a row of throttles, and to all of it when the rate was to blame', () => {
    for (const [byRate, back] of [
      [false, 32],
      [true, 64],
    ] as const) {
      const limit = new AdaptiveLimit(undefined)
      for (let index = 1; index <= 3; index++) round(limit, index)
      for (let now = 10; now < 20; now++) limit.cut(now, byRate)
      expect(limit.value).toBe(1)
      const rounds = Array.from({ length: 8 }, (_, index) => round(limit, 20 + index))
      expect(rounds.slice(0, 5)).toStrictEqual([2, 4, 8, 16, 32])
      expect(rounds[5]).toBe(back === 64 ? 64 : 34)
    }
  })

  it('learns nothing from calls that left before it was cut, or before trouble', () => {
    const limit = new AdaptiveLimit(undefined)
    limit.troubled(5)
    expect(round(limit, 5)).toBe(10)
    limit.cut(6, false)
    expect(round(limit, 6)).toBe(5)
    round(limit, 7)
    expect(round(limit, 8)).toBe(6)
  })

  it('lets retries help it back, and no further', () => {
    const limit = new AdaptiveLimit(undefined)
    for (let index = 1; index <= 3; index++) round(limit, index)
    for (let now = 10; now < 20; now++) limit.cut(now, false)
    const rounds = Array.from({ length: 20 }, (_, index) => round(limit, 20 + index, true))
    expect(rounds.at(-1)).toBe(33)
  })
})

describe('a written limit', () => {
  it('is where it starts, and is never exceeded', () => {
    const limit = new AdaptiveLimit(20)
    expect(limit.value).toBe(20)
    for (let index = 1; index < 50; index++) round(limit, index)
    expect(limit.value).toBe(20)
  })

  it('is returned to after a throttle', () => {
    const limit = new AdaptiveLimit(20)
    limit.cut(1, false)
    expect(limit.value).toBe(10)
    for (let index = 2; index < 50; index++) round(limit, index)
    expect(limit.value).toBe(20)
  })

  it('of one stays one, throttled or not', () => {
    const limit = new AdaptiveLimit(1)
    for (let index = 1; index < 9; index++) {
      limit.cut(index, false)
      expect(round(limit, index + 0.5)).toBe(1)
    }
  })
})
