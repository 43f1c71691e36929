import { tQuantile } from './student-t.ts'

/** Observations below which their spread says too little for an interval. */
const FEWEST = 3

/** A total that is expected, and the bounds it should lie between; null where the spread is not known. */
export interface Predicted {
  readonly expected: number
  readonly interval: { readonly lo: number; readonly hi: number } | null
}

/** Mean and variance of a stream of numbers, in one pass and without cancellation (Welford 1962, Technometrics 4:419). */
export class Moments {
  #n = 0
  #mean = 0
  #squares = 0

  add(x: number): void {
    this.#n++
    const delta = x - this.#mean
    this.#mean += delta / this.#n
    this.#squares += delta * (x - this.#mean)
  }

  get n(): number {
    return this.#n
  }

  /** 0 where nothing was added. */
  get mean(): number {
    return this.#mean
  }

  /** With n − 1; 0 for fewer than two observations. */
  get variance(): number {
    return this.#n < 2 ? 0 : this.#squares / (this.#n - 1)
  }
}

/**
 * The total of `count` further observations like those seen: `count` times their mean, with the 95% prediction interval
 * for the mean of m future observations, x̄ ± t(n−1)·s·√(1/m + 1/n) (Hahn & Meeker 1991, Statistical Intervals, ch. 4).
 * It takes them for independent draws of one distribution; none of what is predicted can be negative.
 */
export function predictTotal({ n, mean, variance }: Moments, count: number): Predicted {
  const expected = mean * count
  if (count === 0) return { expected, interval: { lo: 0, hi: 0 } }
  if (n < FEWEST) return { expected, interval: null }
  const half = count * tQuantile(0.975, n - 1) * Math.sqrt(variance * (1 / count + 1 / n))
  return { expected, interval: { lo: Math.max(0, expected - half), hi: expected + half } }
}

/** Totals of groups that vary independently: what each may stray adds up in squares. Null if one's is not known. */
export function sumPredicted(parts: readonly Predicted[]): Predicted {
  return sumBy(parts, 2)
}

/** Totals of groups that may all be at their bounds together. */
export function sumBounds(parts: readonly Predicted[]): Predicted {
  return sumBy(parts, 1)
}

function sumBy(parts: readonly Predicted[], power: 1 | 2): Predicted {
  let [expected, below, above] = [0, 0, 0]
  let known = true
  for (const part of parts) {
    expected += part.expected
    if (part.interval === null) known = false
    else {
      below += (part.expected - part.interval.lo) ** power
      above += (part.interval.hi - part.expected) ** power
    }
  }
  if (!known) return { expected, interval: null }
  return {
    expected,
    interval: { lo: Math.max(0, expected - below ** (1 / power)), hi: expected + above ** (1 / power) },
  }
}
