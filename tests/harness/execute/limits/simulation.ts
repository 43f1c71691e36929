import { AccountLimiter } from '../../../../harness/execute/limits/account-limiter.ts'
import type { AccountLimit } from '../../../../harness/model/suite.ts'
import type { Policy } from './server.ts'
import { seeded, VirtualTime } from './virtual-time.ts'

interface Scenario {
  readonly policy: Policy
  readonly limit?: AccountLimit
  /** Mean time of a reply in milliseconds; half to one and a half of it are as likely. */
  readonly latencyMs: number
  /** How long a refusal takes. */
  readonly refusalMs?: number
  readonly givesRetryAfter?: boolean
  /** Cells that always wait to be run. */
  readonly demand?: number
  readonly seed?: number
}

interface Minute {
  served: number
  throttled: number
}

/** Asks an account for as much as its limiter allows, for so many minutes, and counts what came of it. */
export async function simulate(scenario: Scenario, minutes: number): Promise<Minute[]> {
  const {
    policy,
    limit = {},
    latencyMs,
    refusalMs = 20,
    givesRetryAfter = false,
    demand = 400,
    seed = 7,
  } = scenario
  const time = new VirtualTime()
  const random = seeded(seed)
  const limiter = new AccountLimiter({ limit, timers: time, random })
  const counts = Array.from({ length: minutes }, (): Minute => ({ served: 0, throttled: 0 }))
  const worker = async () => {
    let isRetry = false
    while (time.now() < minutes * 60_000) {
      const permit = await limiter.acquire({ tokens: 0, isRetry })
      if ('cause' in permit) return
      const travelMs = 5 + random() * 20
      await time.sleep(travelMs)
      const isServed = policy.admit(time.now())
      const minute = counts[Math.floor(time.now() / 60_000)]
      if (minute !== undefined) minute[isServed ? 'served' : 'throttled']++
      isRetry = !isServed
      if (isServed) {
        await time.sleep(latencyMs * (0.5 + random()))
        policy.done?.()
        void permit.settle({ kind: 'reply' })
        continue
      }
      const retryAfterMs = givesRetryAfter ? policy.retryAfterMs?.(time.now()) : undefined
      await time.sleep(refusalMs)
      void permit.settle({ kind: 'failure', failure: { kind: 'throttled', message: '429', retryAfterMs } })
      await time.sleep(random() * 1000)
    }
  }
  for (let index = 0; index < demand; index++) void worker()
  await time.pass(minutes * 60_000)
  limiter.stop()
  return counts
}

/** Requests served a minute, and the part of all that was throttled. */
export function figuresOf(minutes: readonly Minute[]): { perMinute: number; throttled: number } {
  const served = minutes.reduce((sum, minute) => sum + minute.served, 0)
  const throttled = minutes.reduce((sum, minute) => sum + minute.throttled, 0)
  return { perMinute: served / minutes.length, throttled: throttled / (served + throttled) }
}
