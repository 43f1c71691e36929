/** Calls that must fail in a row before an account is left alone for a while: fewer happen by chance. */
const FAILURES = 5
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/**
 * Watches for an account that does not answer: timeouts, 5xx, lost connections. After five in a row it says how long to leave
 * the account alone before one call tries again: 1 s, doubling with each that fails, at most 30 s, of which a random part is
 * waited so that runs side by side do not all try at once. Times are milliseconds on a monotonic clock.
 */
export class Breaker {
  readonly #random: () => number
  readonly #outageMs: number
  #failures = 0
  #failingSince: number | undefined
  #openings = 0
  #openedAt = Number.NEGATIVE_INFINITY

  /** @param outageMs how long all calls may fail before it is an outage. */
  constructor(outageMs: number, random: () => number) {
    this.#outageMs = outageMs
    this.#random = random
  }

  /** The account answered, be it with a refusal. */
  answered(): void {
    this.#failures = 0
    this.#openings = 0
    this.#failingSince = undefined
  }

  /** A call got no answer. Returns how long no other is to leave; undefined when they may go on. */
  failed(leftAt: number, now: number): number | undefined {
    this.#failures++
    this.#failingSince ??= now
    // Those in flight when it opened fail with the others: they are no further sign.
    if (this.#failures < FAILURES || leftAt < this.#openedAt) return undefined
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#openings)
    this.#openings++
    this.#openedAt = now
    const untilOutage = this.#failingSince + this.#outageMs - now
    return Math.min(this.#random() * longest, Math.max(0, untilOutage))
  }

  /** True once all calls, and enough of them, have failed for as long as an outage takes. */
  isOutage(now: number): boolean {
    return (
      this.#failures >= FAILURES &&
      this.#failingSince !== undefined &&
      now - this.#failingSince >= this.#outageMs
    )
  }
}
