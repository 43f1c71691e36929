/** Calls in flight of an account about which nothing is written, at the start. */
export const START = 10

/** Up to here the limit doubles in a round trip; beyond, it feels its way. */
const SLOW_START_END = 64

/**
 * The most calls in flight that are tried unasked. Each holds a socket and a cell in memory, and common limits on open files
 * are 256 (macOS) and 1,024 (Linux); at 100 ms a call 256 make 2,560 a second, more than one process can check and record
 * without delaying the replies it measures. Whoever needs more writes it.
 */
const CEILING = 256

/**
 * How many calls may be in flight. What is written is kept to and never exceeded; else the limit is found by growing while it
 * is what holds calls back. A throttle halves it, once a round trip; it then doubles its way back to half of what it was, and
 * grows slowly from there. All times are milliseconds on a monotonic clock.
 */
export class AdaptiveLimit {
  readonly ceiling: number
  #limit: number
  #slowUpTo: number
  #passedSinceCut = true
  /** Calls that left before it say nothing about the limit as it is. */
  #roundFrom = Number.NEGATIVE_INFINITY

  constructor(written: number | undefined) {
    this.ceiling = written ?? CEILING
    this.#limit = written ?? START
    this.#slowUpTo = Math.min(SLOW_START_END, this.ceiling)
  }

  get value(): number {
    return Math.floor(this.#limit)
  }

  /**
   * A call answered. `saturated`: as many were in flight as may be, so that a higher limit would have been used. That a retry
   * got through tells that the trouble is over, not that there is room for more: it only helps the limit back.
   */
  passed(leftAt: number, saturated: boolean, isRetry: boolean): void {
    if (leftAt <= this.#roundFrom) return
    this.#passedSinceCut = true
    if (!saturated) return
    // One a call doubles it in a round trip; a sixteenth a round trip, at least one, is slow enough to stop in time.
    if (this.#limit < this.#slowUpTo) this.#limit++
    else if (!isRetry) this.#limit += Math.max(1, this.#limit / 16) / this.#limit
    this.#limit = Math.min(this.ceiling, this.#limit)
  }

  /** A call failed in a way that more load may have caused: no growth until calls that leave from now on have answered. */
  troubled(now: number): void {
    this.#roundFrom = now
  }

  /**
   * A call that left after the last cut was throttled. `byRate`: too many a minute is the likelier cause than too many at
   * once, so that the limit doubles all the way back.
   */
  cut(now: number, byRate: boolean): void {
    if (this.#passedSinceCut) this.#slowUpTo = byRate ? this.#limit : this.#limit / 2
    this.#passedSinceCut = false
    this.#limit = Math.max(1, this.#limit / 2)
    this.#roundFrom = now
  }
}
