/** Calls after which the share of throttles is looked at. */
const SAMPLE = 100

/** A share of throttles at which the account is not to be pressed on with, whatever the reason. */
const MOST = 0.6

/**
 * Watches an account that throttles whatever the pace. While it answers most calls, holding it back only makes the run
 * slower; each throttled call still waits for itself before it is tried again.
 */
export class StrayThrottles {
  #calls = 0
  #throttled = 0

  /** True when throttles have become so many that the account must be held back after all. */
  add(isThrottled: boolean): boolean {
    this.#calls++
    if (isThrottled) this.#throttled++
    if (this.#calls < SAMPLE) return false
    const share = this.#throttled / this.#calls
    this.#calls = 0
    this.#throttled = 0
    return share > MOST
  }
}
