import type { Failure, FailureKind } from '../../model/failure.ts'
import type { RetrySettings } from '../../model/suite.ts'
import type { Attempt } from '../../model/trial.ts'
import type { ModelRequest, Withheld, WrapCall } from '../call.ts'
import { isWithheld } from '../call.ts'
import type { Stop } from '../stop.ts'
import type { Timers } from '../timers.ts'
import type { RetryPolicy } from './backoff.ts'
import { backoffMs, retryPolicy } from './backoff.ts'
import type { RetryBudget } from './retry-budget.ts'

interface RetriedOptions {
  readonly settings: RetrySettings | undefined
  readonly timers: Timers
  /** Numbers in [0, 1). */
  readonly random: () => number
  /** The run's. */
  readonly budget: RetryBudget
  readonly stop: Pick<Stop, 'stopped' | 'onStop'>
}

const RETRYABLE: ReadonlySet<FailureKind> = new Set(['throttled', 'timeout', 'unavailable'])

/** How many more retries a throttled call has than one that failed. */
const THROTTLED_FACTOR = 10

/**
 * Tries a call again when it was throttled, timed out or did not reach its endpoint; any other failure is final. Each try
 * waits for a slot of its own, and none holds one while it backs off. Once the run stops, no wait goes on and no retry is
 * made: the tries are on record, and the cell is left out.
 *
 * Failures and throttling are counted apart. A call that fails `attempts` times has failed, and its retries are taken
 * from the run's budget. A 429 says nothing about the call: the server paces us, the account's limiter slows down for it,
 * and nothing was paid. Such a retry takes nothing from the budget, and a call has ten times as many of them: with the
 * default backoff nearly nine minutes' worth, so that an account throttled for minutes costs no cell. Bounded it is all
 * the same, and `attempts: 1` means no retry whatever.
 */
export function retried({ settings, timers, random, budget, stop }: RetriedOptions): WrapCall {
  const policy = retryPolicy(settings)
  return (next) => async (request) => {
    const { account } = request.spec
    const before = request.before ?? []
    const failed: Attempt[] = []
    const left = request.cellId === '' ? retriesOfProbe(policy) : retriesOfCall(policy)
    budget.earn(account)
    let result = await next(nthTry(request, before.length, 0))
    for (;;) {
      if (isWithheld(result)) return result
      const { failure } = result.attempt
      const mayRetry =
        failure !== undefined && left.take(failure) && (isThrottled(failure) || budget.spend(account))
      if (!mayRetry) return { ...result, earlier: [...before, ...failed] }

      failed.push(result.attempt)
      const waitFrom = timers.now()
      await pause(backoffMs(policy, failed.length, random(), failure.retryAfterMs), timers, stop)
      if (stop.stopped) return stoppedWhile(account, failure)
      result = await next(nthTry(request, before.length + failed.length, timers.now() - waitFrom))
    }
  }
}

/** The retries one call has left. */
class RetriesLeft {
  #failures: number
  #throttles: number

  constructor(failures: number, throttles: number) {
    this.#failures = failures
    this.#throttles = throttles
  }

  /** True when what failed in this way may be tried again. */
  take(failure: Failure): boolean {
    if (!RETRYABLE.has(failure.kind)) return false
    return (isThrottled(failure) ? this.#throttles-- : this.#failures--) > 0
  }
}

function retriesOfCall({ attempts }: RetryPolicy): RetriesLeft {
  return new RetriesLeft(attempts - 1, (attempts - 1) * THROTTLED_FACTOR)
}

/**
 * What is asked for no cell is asked to learn how its account does. A throttle tells; that there was no answer does not, until
 * the account is given up.
 */
function retriesOfProbe({ attempts }: RetryPolicy): RetriesLeft {
  return new RetriesLeft(attempts === 1 ? 0 : Number.POSITIVE_INFINITY, 0)
}

function isThrottled({ kind }: Failure): boolean {
  return kind === 'throttled'
}

function nthTry(request: ModelRequest, retry: number, waitedMs: number): ModelRequest {
  return retry === request.retry && waitedMs === 0 ? request : { ...request, retry, backoffMs: waitedMs }
}

/** Resolves after so many milliseconds, or as soon as the run stops. */
function pause(ms: number, timers: Timers, stop: RetriedOptions['stop']): Promise<void> {
  if (stop.stopped) return Promise.resolve()
  return new Promise((resolve) => {
    const forgetTimer = timers.after(ms, () => {
      unlisten()
      resolve()
    })
    const unlisten = stop.onStop(() => {
      forgetTimer()
      unlisten()
      resolve()
    })
  })
}

function stoppedWhile(account: string, { message }: Failure): Withheld {
  return { withheld: 'stopped', account, message: `the run stopped before another try: ${message}` }
}
