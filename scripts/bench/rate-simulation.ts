import { backoffMs, retryPolicy } from '../../harness/execute/retry/backoff.ts'
import { AccountLimiter } from '../../harness/execute/limits/account-limiter.ts'
import type { Timers } from '../../harness/execute/timers.ts'
import { RateWindow } from '../../tests/faults/server/rate-window.ts'

const MINUTE = 60_000
/** Enough that calls are always waiting. */
const CALLERS = 300

export interface RateLoad {
  readonly rpm: number
  readonly window: 'fixed' | 'sliding'
  readonly latencyMs: number
  /** True when the suite states the limit; else it is learned. */
  readonly isWritten: boolean
  /** Minutes that are let pass, and minutes that are measured. */
  readonly settleMinutes: number
  readonly minutes: number
}

export interface RateResult {
  /** Replies, of those the server would have given. */
  readonly used: number
  /** Calls that were turned away, of all. */
  readonly throttled: number
}

/** An account with a limit a minute, and more to ask than it allows, on a clock that jumps from timer to timer. */
export async function simulateRate(load: RateLoad): Promise<RateResult> {
  const clock = new JumpingClock()
  const server = new RateWindow({ window: load.window, requests: load.rpm, windowMs: MINUTE })
  const random = generator(load.rpm)
  const limiter = new AccountLimiter({
    limit: load.isWritten ? { concurrency: CALLERS, rpm: load.rpm } : {},
    timers: clock,
    random,
    outageMs: MINUTE,
  })
  const from = load.settleMinutes * MINUTE
  const until = from + load.minutes * MINUTE
  let [replied, refused] = [0, 0]

  const caller = async (): Promise<void> => {
    for (let failures = 0; ;) {
      const permit = await limiter.acquire({ tokens: 0, isRetry: failures > 0 })
      if ('cause' in permit) throw new Error(permit.message)
      const isAdmitted = server.admits(clock.now())
      if (clock.now() >= from) {
        if (isAdmitted) replied++
        else refused++
      }
      // A refusal is quick.
      await clock.sleep(isAdmitted ? load.latencyMs * (0.8 + 0.4 * random()) : 20)
      const failure = { kind: 'throttled', message: '429' } as const
      void permit.settle(isAdmitted ? { kind: 'reply' } : { kind: 'failure', failure })
      failures = isAdmitted ? 0 : failures + 1
      if (!isAdmitted) await clock.sleep(backoffMs(retryPolicy(), failures, random()))
    }
  }
  for (let each = 0; each < CALLERS; each++) void caller()
  await clock.runUntil(until)
  return { used: replied / (load.rpm * load.minutes), throttled: refused / (replied + refused) }
}

/** Park and Miller's generator: the same numbers in [0, 1) for a seed. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

class JumpingClock implements Timers {
  #now = 0
  readonly #due = new Set<{ readonly at: number; readonly act: () => void }>()

  now(): number {
    return this.#now
  }

  after(ms: number, act: () => void): () => void {
    const due = { at: this.#now + ms, act }
    this.#due.add(due)
    return () => this.#due.delete(due)
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve))
  }

  /** Jumps from timer to timer, each after all that the one before set going. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      let next: { readonly at: number; readonly act: () => void } | undefined
      for (const due of this.#due) if (next === undefined || due.at < next.at) next = due
      if (next === undefined || next.at > end) return
      this.#due.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.act()
    }
  }
}
