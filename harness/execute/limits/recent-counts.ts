const SECONDS = 60

/** Counts events second by second over the last minute. Times are milliseconds on a monotonic clock. */
export class RecentCounts {
  readonly #counts = new Int32Array(SECONDS + 1)
  #second = Number.NEGATIVE_INFINITY

  /** Adds to the second in which `at` lies; what lies more than a minute back is forgotten. */
  add(at: number, count: number): void {
    const second = Math.floor(at / 1000)
    this.#advance(second)
    const place = second % this.#counts.length
    if (second >= this.#second - SECONDS) this.#counts[place] = (this.#counts[place] ?? 0) + count
  }

  /** Events from the second of `from` on, of the last minute. */
  since(from: number): number {
    let sum = 0
    const first = Math.max(Math.floor(from / 1000), this.#second - SECONDS)
    for (let second = first; second <= this.#second; second++) {
      sum += this.#counts[second % this.#counts.length] ?? 0
    }
    return sum
  }

  #advance(second: number): void {
    if (second <= this.#second) return
    const first = Math.max(this.#second + 1, second - SECONDS)
    for (let each = first; each <= second; each++) this.#counts[each % this.#counts.length] = 0
    this.#second = second
  }
}
