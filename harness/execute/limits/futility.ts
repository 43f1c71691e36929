/** Throttled calls that a figure is made of. */
const ENOUGH = 20

/** A part of calls throttled below which all is well. */
const FEW = 0.01

interface Period {
  readonly passedPerMs: number
  readonly throttledPart: number
}

/**
 * Finds out when pacing is in vain. Where a rate is limited, fewer calls mean fewer throttles, and as many let through. An
 * account that throttles a part of all calls, however few, is not limited by rate: going slower only makes the run slower.
 * Times are milliseconds on a monotonic clock.
 */
export class Futility {
  #since: number
  #calls = 0
  #throttled = 0
  #before: Period | undefined

  constructor(now: number) {
    this.#since = now
  }

  left(): void {
    this.#calls++
  }

  /** True when much fewer calls are let through than before, and as many of them throttled. */
  throttled(now: number): boolean {
    this.#throttled++
    const ms = now - this.#since
    if (this.#throttled < ENOUGH || ms < 1000) return false
    const passedPerMs = (this.#calls - this.#throttled) / ms
    const throttledPart = this.#throttled / this.#calls
    this.#since = now
    this.#calls = 0
    this.#throttled = 0
    if (throttledPart < FEW) {
      this.#before = undefined
      return false
    }
    const before = (this.#before ??= { passedPerMs, throttledPart })
    return passedPerMs <= 0.6 * before.passedPerMs && throttledPart >= before.throttledPart / 2
  }
}
