import { describe, expect, it } from 'vitest'
import { AccountLimiter } from '../../../../harness/execute/limits/account-limiter.ts'
import type { Policy } from './server.ts'
import { atOnce, fixedWindow, refilled, slidingWindow, unwilling } from './server.ts'
import { figuresOf, simulate } from './simulation.ts'
import { seeded, VirtualTime } from './virtual-time.ts'

const WINDOWS: readonly (readonly [string, (rpm: number) => Policy])[] = [
  ['a fixed window', (rpm) => fixedWindow(rpm, 17_000)],
  // It turns over two seconds after the start: twice the limit gets through at first.
  ['a fixed window that soon turns over', (rpm) => fixedWindow(rpm, 58_000)],
  ['a sliding window', slidingWindow],
]
const LATENCIES = [20, 500, 2000]

describe.each(WINDOWS)('%s', (_name, policyOf) => {
  const written = [10, 60, 600, 6000].flatMap((rpm) => LATENCIES.map((ms) => [rpm, ms] as const))
  it.each(written)(
    'of %d requests a minute, as written, is used to 95 parts in 100 and never overrun (%d ms a reply)',
    async (rpm, latencyMs) => {
      const minutes = await simulate({ policy: policyOf(rpm), limit: { rpm }, latencyMs }, 4)
      const { perMinute, throttled } = figuresOf(minutes.slice(1))
      expect(perMinute).toBeGreaterThanOrEqual(0.95 * rpm)
      expect(throttled).toBe(0)
    },
  )

  const learned = [60, 600, 6000].flatMap((rpm) =>
    LATENCIES.flatMap((ms) => (rpm > 600 ? [false] : [false, true]).map((says) => [rpm, ms, says] as const)),
  )
  it.each(learned)(
    'of %d requests a minute is learned, 90 parts in 100 used and 1 throttled at most (%d ms a reply, Retry-After: %s)',
    async (rpm, latencyMs, givesRetryAfter) => {
      const minutes = await simulate({ policy: policyOf(rpm), latencyMs, givesRetryAfter }, 12)
      const { perMinute, throttled } = figuresOf(minutes.slice(4))
      expect(perMinute).toBeGreaterThanOrEqual(0.9 * rpm)
      expect(throttled).toBeLessThanOrEqual(0.01)
    },
  )
})

describe('an account that limits otherwise', () => {
  it.each(LATENCIES)('is learned where it refills a small bucket (%d ms a reply)', async (latencyMs) => {
    const minutes = await simulate({ policy: refilled(600, 10), latencyMs }, 12)
    const { perMinute, throttled } = figuresOf(minutes.slice(4))
    expect(perMinute).toBeGreaterThanOrEqual(0.8 * 600)
    expect(throttled).toBeLessThan(0.01)
  })

  it('is kept busy where it limits requests at once', async () => {
    const minutes = await simulate({ policy: atOnce(8), latencyMs: 500 }, 12)
    const { perMinute, throttled } = figuresOf(minutes.slice(4))
    expect(perMinute).toBeGreaterThanOrEqual(0.6 * 8 * 120)
    expect(throttled).toBeLessThan(0.01)
  })

  it.each([0.02, 0.1, 0.3])('is not slowed to a crawl where it refuses %d of all requests', async (part) => {
    const minutes = await simulate({ policy: unwilling(part, seeded(3)), latencyMs: 20 }, 6)
    // Going slower helps nothing there: found out within minutes, for a while.
    expect(figuresOf(minutes.slice(4)).perMinute).toBeGreaterThan(50_000)
  })

  it('is used again in full soon after it has throttled everything for five minutes', async () => {
    let now = 0
    const policy: Policy = {
      admit(at) {
        now = at
        return now > 300_000
      },
    }
    const minutes = await simulate({ policy, latencyMs: 500 }, 8)
    expect(figuresOf(minutes.slice(0, 5)).perMinute).toBe(0)
    expect(figuresOf(minutes.slice(6)).perMinute).toBeGreaterThan(64 * 120)
  })
})

describe('a limit on tokens', () => {
  it.each([1, 2])(
    'is kept, and used by 85 %%, where estimates are %d times what calls use',
    async (factor) => {
      const tpm = 100_000
      const time = new VirtualTime()
      const random = seeded(5)
      const limiter = new AccountLimiter({ limit: { tpm }, timers: time, random })
      const used = new Float64Array(5 * 60 + 60)
      const worker = async () => {
        while (time.now() < 300_000) {
          const tokens = 100 + Math.floor(random() * 1000)
          const permit = await limiter.acquire({ tokens: factor * tokens, isRetry: false })
          if ('cause' in permit) return
          const second = Math.floor(time.now() / 1000)
          used[second] = (used[second] ?? 0) + tokens
          await time.sleep(500)
          void permit.settle({ kind: 'reply', tokens })
        }
      }
      for (let index = 0; index < 50; index++) void worker()
      await time.pass(300_000)
      limiter.stop()
      const sum = (from: number) => used.slice(from, from + 60).reduce((total, each) => total + each, 0)
      const minutes = Array.from({ length: 240 }, (_, from) => sum(from))
      expect(Math.max(...minutes)).toBeLessThanOrEqual(tpm)
      expect(Math.min(...minutes)).toBeGreaterThanOrEqual(0.85 * tpm)
    },
  )
})
