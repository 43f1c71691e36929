/** As many get ready together as take no time worth measuring. */
const TOGETHER = 64

/** In milliseconds: so long, replies and new connections may wait for the calls that get ready. */
const SLICE_MS = 4

/**
 * Lets the calls of a large burst get ready to leave one after the other. The SDK prepares a request in many small steps, and
 * calls that begin together take them together: none would leave before all were ready, all would be answered at the same
 * time, and reading one reply would be counted as another's latency.
 */
export class Turns {
  readonly #waiting: (() => void)[] = []
  #taken = 0
  /** When the event loop last went round between two turns. */
  #wentRound = 0

  /** Resolves when it is one's turn, which lasts until `pass`. */
  take(): Promise<void> {
    if (this.#taken >= TOGETHER || this.#waiting.length > 0)
      return new Promise((resolve) => this.#waiting.push(resolve))
    this.#taken++
    return Promise.resolve()
  }

  pass(): void {
    this.#taken--
    if (this.#taken > 0) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#taken++
    // By the next tick the socket has been written to.
    if (performance.now() - this.#wentRound < SLICE_MS) process.nextTick(next)
    else {
      setImmediate(() => {
        this.#wentRound = performance.now()
        next()
      })
    }
  }
}
