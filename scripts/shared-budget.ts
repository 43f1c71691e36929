/**
 * `--max-cost`, which several suites of one command share: each run may spend what those before it left.
 * A run whose spending is not known may have taken all of it, so nothing is left: a limit is never silently none.
 */
export class SharedBudget {
  #left: number | undefined

  /** @param usd undefined where there is no limit */
  constructor(usd: number | undefined) {
    this.#left = usd
  }

  /**
   * USD for the next run; undefined where there is no limit.
   * @param within what its suite allows itself: both hold
   */
  left(within = Infinity): number | undefined {
    return this.#left === undefined ? undefined : Math.min(this.#left, within)
  }

  /** @param usd what a run took */
  take(usd: number | 'unknown'): void {
    if (this.#left !== undefined) this.#left = usd === 'unknown' ? 0 : Math.max(0, this.#left - usd)
  }
}
