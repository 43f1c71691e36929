import type { AccountState } from '../../model/account-state.ts'
import type { AccountLimit } from '../../model/suite.ts'
import type { Timers } from '../timers.ts'
import { AccountLimiter } from './account-limiter.ts'
import type { GivenUp } from './giving-up.ts'

/** The limiters of a run: one an account, so that none slows another. */
export interface Limiters {
  of(account: string): AccountLimiter
  /** Refuses whatever waits, and lets go of every timer: to be called when the run is stopped, and when it ends. */
  stop(): void
}

interface LimitersOptions {
  /** What is written about an account. */
  readonly limitOf: (account: string) => AccountLimit
  readonly timers: Timers
  /** In [0, 1). */
  readonly random: () => number
  /** `assay.retry.outageMs`: milliseconds an account may fail every call before it is given up. Default 60,000. */
  readonly outageMs?: number | undefined
  /** Told once for each account that is given up. */
  readonly onGivenUp?: ((account: string, why: GivenUp) => void) | undefined
  /** Told when an account's calls are held back, and when one got through after that. */
  readonly onState?: ((account: string, state: AccountState) => void) | undefined
}

/** Graders have accounts that no column names, so that each limiter is made when it is first asked for. */
export function createLimiters(options: LimitersOptions): Limiters {
  const { limitOf, timers, random, outageMs, onGivenUp, onState } = options
  const limiters = new Map<string, AccountLimiter>()
  let isStopped = false
  const create = (account: string): AccountLimiter => {
    const limiter = new AccountLimiter({
      limit: limitOf(account),
      timers,
      random,
      outageMs,
      onGivenUp: (why) => onGivenUp?.(account, why),
      onState: (state) => onState?.(account, state),
    })
    if (isStopped) limiter.stop()
    limiters.set(account, limiter)
    return limiter
  }
  return {
    of: (account) => limiters.get(account) ?? create(account),
    stop() {
      isStopped = true
      for (const limiter of limiters.values()) limiter.stop()
    },
  }
}
