import { describe, expect, it } from 'vitest'
import { requestBucket, TokenBucket, usageBucket } from '../../../../harness/execute/limits/token-bucket.ts'

/** Takes one whenever it may for ten minutes; returns when. */
function timesOf(bucket: TokenBucket): number[] {
  const times: number[] = []
  for (let now = 0; now < 600_000;) {
    const wait = bucket.waitMs(1, now)
    if (wait === 0) {
      bucket.take(1, now)
      times.push(now)
    } else now += Math.max(1, Math.ceil(wait))
  }
  return times
}

function mostInAMinute(times: readonly number[]): number {
  let [from, most] = [0, 0]
  for (const [to, time] of times.entries()) {
    while ((times[from] ?? time) <= time - 60_000) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}

describe('requestBucket', () => {
  it.each([1, 7, 10, 60, 600, 6000, 20_000])(
    'keeps %d requests a minute in every minute, and uses 95 % of them',
    (rpm) => {
      const times = timesOf(requestBucket(rpm, 0))
      expect(mostInAMinute(times)).toBeLessThanOrEqual(rpm)
      expect(times.length).toBeGreaterThanOrEqual(0.95 * rpm * 10)
    },
  )

  it('lets the one request of a very low limit go at once, and the next in its time', () => {
    const bucket = requestBucket(0.5, 0)
    expect(bucket.waitMs(1, 0)).toBe(0)
    bucket.take(1, 0)
    expect(bucket.waitMs(1, 0)).toBeGreaterThan(120_000)
  })

  it('saves up no more than its burst, however long nobody asks', () => {
    const bucket = requestBucket(600, 0)
    const burst = Array.from({ length: 50 }, () => {
      const isFree = bucket.waitMs(1, 3_600_000) === 0
      if (isFree) bucket.take(1, 3_600_000)
      return isFree
    })
    expect(burst.filter(Boolean)).toHaveLength(4)
  })
})

describe('usageBucket', () => {
  it('lets a call that is larger than the bucket go when the bucket is full, and makes the others wait for it', () => {
    const bucket = usageBucket(60_000, 0)
    expect(bucket.waitMs(30_000, 0)).toBe(0)
    bucket.take(30_000, 0)
    expect(bucket.waitMs(1, 0)).toBeCloseTo((28_801 / 57_600) * 60_000, 6)
    expect(bucket.waitMs(1, 30_002)).toBe(0)
  })

  it('gives back what a call did not use, and owes what it used beyond', () => {
    const bucket = usageBucket(60_000, 0)
    bucket.take(1200, 0)
    bucket.giveBack(1200)
    expect(bucket.waitMs(1200, 0)).toBe(0)
    bucket.take(100, 0)
    bucket.giveBack(-2060)
    expect(bucket.waitMs(0, 0)).toBeCloseTo(1000, 6)
  })

  it('never holds more than its burst, whatever is given back', () => {
    const bucket = new TokenBucket(60, 2, 0)
    bucket.giveBack(100)
    bucket.take(2, 0)
    expect(bucket.waitMs(1, 0)).toBe(1000)
  })
})
