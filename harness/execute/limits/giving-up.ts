import type { Failure } from '../../model/failure.ts'

/** Why no further call of an account is made in this run. */
export interface GivenUp {
  readonly cause: 'outage' | 'credit' | 'auth'
  /** One sentence, with the provider's own words. */
  readonly message: string
}

/** Keys expire, and a rotating one is refused once or twice: after a success this many refusals in a row are believed. */
const REFUSALS = 3

/**
 * Being throttled is no outage, it passes. An account that for ten times as long has let not one call through is given up all
 * the same: each of its cells would fail, one after the other.
 */
export const THROTTLED_FACTOR = 10

/** Judges from an account's failures whether to give it up. Times are milliseconds on a monotonic clock. */
export class GivingUp {
  readonly #outageMs: number
  #hasSucceeded = false
  #refusals = 0
  #throttledSince: number | undefined

  constructor(outageMs: number) {
    this.#outageMs = outageMs
  }

  succeeded(): void {
    this.#hasSucceeded = true
    this.#refusals = 0
  }

  /** The account answered, be it with a refusal. */
  answered(): void {
    this.#throttledSince = undefined
  }

  /** What a failure comes to. `isOutage`: the account has answered nothing for long. */
  failed({ kind, message }: Failure, now: number, isOutage: boolean): GivenUp | undefined {
    if (kind === 'credit') return { cause: 'credit', message: `the account is out of money: ${message}` }
    if (kind === 'auth') {
      this.#refusals++
      const isBelieved = !this.#hasSucceeded || this.#refusals >= REFUSALS
      return isBelieved ? { cause: 'auth', message: `access was refused: ${message}` } : undefined
    }
    if (kind === 'throttled') {
      this.#throttledSince ??= now
      const isLong = now - this.#throttledSince >= THROTTLED_FACTOR * this.#outageMs
      return isLong ? this.#outage(THROTTLED_FACTOR, message) : undefined
    }
    const isUnanswered = kind === 'timeout' || kind === 'unavailable'
    return isUnanswered && isOutage ? this.#outage(1, message) : undefined
  }

  #outage(factor: number, message: string): GivenUp {
    const seconds = Math.round((factor * this.#outageMs) / 1000)
    return { cause: 'outage', message: `no call has succeeded for ${seconds} s: ${message}` }
  }
}
