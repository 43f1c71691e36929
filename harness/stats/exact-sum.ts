/**
 * A running sum of doubles without rounding error: `value` is the exact sum, rounded once (Shewchuk 1997; the algorithm of
 * Python's `math.fsum`). So it does not depend on the order of the additions: trials that finish in another
 * order give the same bytes. A handful of partials is held, whatever the number of additions.
 */
export class ExactSum {
  /** Non-overlapping, ascending in magnitude; their exact sum is the sum so far. */
  readonly #partials: number[] = []

  /** Throws a RangeError for NaN and infinities. */
  add(addend: number): void {
    if (!Number.isFinite(addend)) throw new RangeError(`cannot sum ${addend}`)
    let x = addend
    let kept = 0
    for (const partial of this.#partials) {
      const [large, small] = Math.abs(x) < Math.abs(partial) ? [partial, x] : [x, partial]
      const high = large + small
      const low = small - (high - large)
      if (low !== 0) this.#partials[kept++] = low
      x = high
    }
    this.#partials.length = kept
    this.#partials.push(x)
  }

  get value(): number {
    const partials = this.#partials
    let i = partials.length
    if (i === 0) return 0
    let high = partials[--i] as number
    let low = 0
    while (i > 0 && low === 0) {
      const x = high
      const y = partials[--i] as number
      high = x + y
      low = y - (high - x)
    }
    // Half-way cases round to even only if the partials below do not tip the balance.
    const next = partials[i - 1]
    if (i > 0 && next !== undefined && low !== 0 && Math.sign(low) === Math.sign(next)) {
      const rounded = high + low * 2
      if (rounded - high === low * 2) return rounded
    }
    return high
  }
}
