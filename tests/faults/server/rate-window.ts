import type { AccountScript } from './script.ts'

type Rate = NonNullable<AccountScript['rate']>

/** Counts requests as a server does: those it turned away do not count. */
export class RateWindow {
  readonly #rate: Rate
  /** When those were admitted that still count, the oldest first. */
  readonly #admitted: number[] = []

  constructor(rate: Rate) {
    this.#rate = rate
  }

  /** True when there was room for it. `now` in milliseconds. */
  admits(now: number): boolean {
    const { window, requests, windowMs } = this.#rate
    const first = window === 'fixed' ? now - (now % windowMs) : now - windowMs
    while ((this.#admitted[0] ?? now) < first) this.#admitted.shift()
    if (this.#admitted.length >= requests) return false
    this.#admitted.push(now)
    return true
  }
}
