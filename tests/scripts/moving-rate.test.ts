import { describe, expect, it } from 'vitest'
import { MovingRate } from '../../scripts/moving-rate.ts'

describe('the moving rate', () => {
  it('is nothing before two samples, and what was counted between them after', () => {
    const rate = new MovingRate()
    expect(rate.perSecond).toBe(0)
    rate.sample(1000, 412)
    expect(rate.perSecond).toBe(0)
    rate.sample(3000, 432)
    expect(rate.perSecond).toBe(10)
  })

  it('forgets what lies further back than its window', () => {
    const rate = new MovingRate()
    for (let second = 0; second <= 60; second++)
      rate.sample(second * 1000, second < 30 ? second * 500 : 15_000 + second - 30)
    expect(rate.perSecond).toBe(1)
  })

  it('falls to nothing when nothing finishes any more', () => {
    const rate = new MovingRate()
    for (let second = 0; second <= 60; second++) rate.sample(second * 1000, Math.min(second, 10))
    expect(rate.perSecond).toBe(0)
  })

  it('holds with samples that lie further apart than its window', () => {
    const rate = new MovingRate()
    for (const minute of [0, 1, 2]) rate.sample(minute * 60_000, minute * 60)
    expect(rate.perSecond).toBe(1)
  })
})
