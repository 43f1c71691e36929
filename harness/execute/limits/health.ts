import type { AccountState } from '../../model/account-state.ts'
import type { Failure } from '../../model/failure.ts'
import type { AdaptiveLimit } from './adaptive-limit.ts'
import { Breaker } from './breaker.ts'
import { Gate } from './gate.ts'
import type { GivenUp } from './giving-up.ts'
import { GivingUp, THROTTLED_FACTOR } from './giving-up.ts'
import type { LearnedRate } from './learned-rate.ts'
import { StrayThrottles } from './stray-throttles.ts'

/**
 * How long an account's first call goes alone. One that is refused at once spares the others; a healthy account loses next
 * to nothing.
 */
const PREFLIGHT_MS = 10

/** After a throttle no call leaves for so long, doubling with every further one until a call is let through. */
const FIRST_COOLDOWN_MS = 25
const LONGEST_COOLDOWN_MS = 15_000

interface HealthOptions {
  readonly limit: AdaptiveLimit
  readonly learned: LearnedRate
  readonly outageMs: number
  /** In [0, 1). */
  readonly random: () => number
  /** Told when calls are held back, and when one got through after that. */
  readonly onState: (state: AccountState) => void
}

/** Draws the consequences of what an account's calls come to. Times are milliseconds on a monotonic clock. */
export class Health {
  readonly #limit: AdaptiveLimit
  readonly #learned: LearnedRate
  readonly #gate = new Gate(PREFLIGHT_MS)
  readonly #breaker: Breaker
  readonly #givingUp: GivingUp
  readonly #strays = new StrayThrottles()
  readonly #outageMs: number
  readonly #onState: (state: AccountState) => void
  #isTroubled = false
  #hasAnswered = false
  /** Throttles in a row; those of calls that left before the last one do not count. */
  #throttles = 0
  #throttledAt = Number.NEGATIVE_INFINITY

  constructor({ limit, learned, outageMs, random, onState }: HealthOptions) {
    this.#onState = onState
    this.#limit = limit
    this.#learned = learned
    this.#outageMs = outageMs
    this.#breaker = new Breaker(outageMs, random)
    this.#givingUp = new GivingUp(outageMs)
  }

  /** When the next call may leave, as far as is known now. */
  nextAt(now: number): number {
    return this.#gate.nextAt(now)
  }

  leave(now: number): void {
    const unanswered = this.#gate.leave(now)
    // A throttle comes fast: a call that took longer was let through.
    if (unanswered !== undefined) this.#letThrough(unanswered, now)
  }

  replied(leftAt: number, now: number): void {
    this.#givingUp.succeeded()
    if (this.#learned.isUseless(now)) this.#strays.add(false)
    this.#answered(leftAt, now)
  }

  /** The call told nothing about the account. */
  untold(leftAt: number): void {
    this.#gate.again(leftAt)
  }

  /** Returns why the account is to be given up, when it is. */
  failed(failure: Failure, leftAt: number, now: number): GivenUp | undefined {
    switch (failure.kind) {
      case 'throttled':
        this.#throttled(failure, leftAt, now)
        break
      case 'timeout':
      case 'unavailable':
        this.#unanswered(leftAt, now)
        break
      case 'aborted':
      case 'unrecorded':
        this.untold(leftAt)
        break
      case 'unknown':
        // Neither an answer nor the lack of one, but the end of a call that others may have waited for.
        this.#passGate(leftAt, now)
        break
      case 'auth':
      case 'credit':
      case 'refused':
      case 'invalid':
      case 'no_output':
        this.#answered(leftAt, now)
        break
    }
    return this.#givingUp.failed(failure, now, this.#breaker.isOutage(now))
  }

  #answered(leftAt: number, now: number): void {
    this.#hasAnswered = true
    this.#breaker.answered()
    this.#givingUp.answered()
    this.#passGate(leftAt, now)
  }

  /** While the account is dry, only a call that left since tells anything. */
  #passGate(leftAt: number, now: number): void {
    if (this.#throttles === 0 || leftAt > this.#throttledAt) this.#letThrough(leftAt, now)
  }

  #letThrough(leftAt: number, now: number): void {
    this.#gate.open()
    this.#throttles = 0
    this.#learned.recovered(leftAt, now)
    if (!this.#isTroubled) return
    this.#isTroubled = false
    this.#onState({ is: 'answering' })
  }

  #holdBack(is: 'throttled' | 'failing', waitMs: number, patienceMs: number, now: number): void {
    this.#gate.close(now + waitMs, patienceMs)
    this.#isTroubled = true
    this.#onState({ is, waitMs })
  }

  #throttled({ retryAfterMs = 0 }: Failure, leftAt: number, now: number): void {
    this.#learned.discount(leftAt)
    if (this.#learned.isUseless(now)) {
      // The call itself waits, and comes again.
      if (this.#strays.add(true)) this.#learned.reconsider()
      else return this.#passGate(leftAt, now)
    }
    // Longer than this is not waited for: the account is given up by then.
    const askedMs = Math.min(retryAfterMs, THROTTLED_FACTOR * this.#outageMs)
    const patienceMs = Math.max(PREFLIGHT_MS, 2 * (now - leftAt))
    if (leftAt <= this.#throttledAt) {
      if (this.#throttles > 0) this.#gate.close(now + askedMs, patienceMs)
      return
    }
    this.#limit.cut(now, this.#learned.isPaced(now))
    this.#learned.throttled(now)
    const cooldownMs = Math.min(LONGEST_COOLDOWN_MS, FIRST_COOLDOWN_MS * 2 ** this.#throttles)
    this.#throttles++
    this.#throttledAt = now
    this.#holdBack('throttled', Math.max(cooldownMs, askedMs), patienceMs, now)
  }

  #unanswered(leftAt: number, now: number): void {
    this.#limit.troubled(now)
    const waitMs = this.#breaker.failed(leftAt, now)
    if (waitMs !== undefined) this.#holdBack('failing', waitMs, Number.POSITIVE_INFINITY, now)
    else if (this.#hasAnswered) this.#gate.again(leftAt)
    else this.#gate.close(now, PREFLIGHT_MS)
  }
}
