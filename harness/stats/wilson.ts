import { type Positive, type Probability, probability } from './probability.ts'

/** The 97.5% point of the standard normal distribution: two-sided 95%. */
const Z_95 = 1.959963984540054

/** Bounds of a rate. */
export interface RateInterval {
  readonly lo: Probability
  readonly hi: Probability
}

/**
 * Wilson's score interval of a rate (Wilson 1927, JASA 22:209): the rates that a score test would not reject.
 * Unlike rate ± z·SE it stays inside [0, 1] and has a width at 0% and 100%, where a small sample proves little.
 *
 * `n` is the number of *independent* observations, and need not be whole: repeats of a case are not independent,
 * so give `effectiveSize`, never the number of cells.
 */
export function wilson(rate: Probability, n: Positive, z: number = Z_95): RateInterval {
  const z2 = z * z
  const centre = (rate + z2 / (2 * n)) / (1 + z2 / n)
  const half = (z / (1 + z2 / n)) * Math.sqrt((rate * (1 - rate)) / n + z2 / (4 * n * n))
  // The bounds at 0% and 100% are exact; rounding would leave 1e-17 there.
  return {
    lo: probability(rate === 0 ? 0 : Math.max(0, centre - half)),
    hi: probability(rate === 1 ? 1 : Math.min(1, centre + half)),
  }
}
