/** Retries an account has from the start: as many as may be in flight when an endpoint stumbles early in a run. */
const AT_FIRST = 100

/** What every call adds. */
const PER_CALL = 0.2

/**
 * How many retries a run may spend, so that a storm is not multiplied: where an endpoint fails much of what it is asked,
 * the calls made stay under 1.2 for each one wanted, and a hundred (as in Finagle's RetryBudget and gRPC's retry
 * throttling). Accounts are apart: what one spends in its bad hour the others do not lack.
 */
export class RetryBudget {
  readonly #left = new Map<string, number>()

  /** A call is made for the first time. */
  earn(account: string): void {
    this.#left.set(account, (this.#left.get(account) ?? AT_FIRST) + PER_CALL)
  }

  /** Takes one retry; false when there is none left. */
  spend(account: string): boolean {
    const left = this.#left.get(account) ?? AT_FIRST
    if (left < 1) return false
    this.#left.set(account, left - 1)
    return true
  }
}
