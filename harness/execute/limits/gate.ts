/**
 * Lets an account's calls through freely, alone, or not at all. Alone, one call goes and the others wait for its answer, or
 * for as long as they have patience; then all go. Times are milliseconds on a monotonic clock.
 */
export class Gate {
  #opensAt = Number.NEGATIVE_INFINITY
  /** How long an answer is waited for; undefined when calls go freely. */
  #patienceMs: number | undefined
  #aloneSince: number | undefined

  /** An account's first call goes alone. */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs
  }

  /** When the next call may leave, as far as is known now. */
  nextAt(now: number): number {
    if (this.#patienceMs === undefined || this.#aloneSince === undefined) return Math.max(now, this.#opensAt)
    return Math.max(now, this.#aloneSince + this.#patienceMs)
  }

  /** A call leaves. When those that waited lost patience, returns when the call they waited for had left. */
  leave(now: number): number | undefined {
    if (this.#patienceMs === undefined) return undefined
    const aloneSince = this.#aloneSince
    if (aloneSince === undefined) this.#aloneSince = now
    else this.open()
    return aloneSince
  }

  open(): void {
    this.#patienceMs = undefined
    this.#aloneSince = undefined
    this.#opensAt = Number.NEGATIVE_INFINITY
  }

  /** Lets none through before `opensAt`, then one alone. Infinite patience: until it has answered. */
  close(opensAt: number, patienceMs: number): void {
    this.#opensAt = Math.max(this.#opensAt, opensAt)
    this.#patienceMs = Math.max(this.#patienceMs ?? 0, patienceMs)
    this.#aloneSince = undefined
  }

  /** The call that left at `leftAt` ended without telling anything: if it went alone, so does the next. */
  again(leftAt: number): void {
    if (this.#aloneSince === leftAt) this.#aloneSince = undefined
  }
}
