import { openUnit, wholeNumber } from './argument.ts'
import { binomialCdf, binomialUpper } from './binomial.ts'
import type { Probability } from './probability.ts'

declare const sortedBrand: unique symbol

/** At least one finite number, in ascending order. */
export type SortedSample = Float64Array & { readonly [sortedBrand]: true }

/** A sorted copy of the values, or null where there are none. Throws a RangeError for a value that is not finite. */
export function sortedSample(values: ArrayLike<number>): SortedSample | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  // NaN and Infinity sort last, -Infinity first.
  const [first, last] = [sorted[0] as number, sorted[sorted.length - 1] as number]
  if (!Number.isFinite(first) || !Number.isFinite(last)) {
    throw new RangeError('a sample holds finite numbers only')
  }
  return sorted as SortedSample
}

/**
 * The q-quantile by linear interpolation between order statistics: type 7 of Hyndman & Fan (1996), the default of R and
 * NumPy. A p95 of fewer than 20 values is close to their maximum: read it with the sample size.
 */
export function quantile(sample: SortedSample, q: Probability): number {
  const position = (sample.length - 1) * q
  const below = Math.floor(position)
  const lower = sample[below] as number
  const upper = sample[Math.min(below + 1, sample.length - 1)] as number
  return lower + (upper - lower) * (position - below)
}

/**
 * Ranks, from 1, of the order statistics that bound a quantile; null where no value of the sample bounds it on that
 * side.
 */
export interface QuantileRanks {
  readonly lower: number | null
  readonly upper: number | null
  /** Chance that the quantile lies between them: at least the confidence. */
  readonly coverage: number
}

/** Sample size, quantile and two-sided confidence. */
export interface QuantileDesign {
  readonly n: number
  readonly q: number
  readonly confidence: number
}

/**
 * Ranks of a distribution-free interval of the q-quantile of n independent values (David & Nagaraja 2003, Order
 * Statistics, 7.1).
 */
export function quantileRanks({ n, q, confidence }: QuantileDesign): QuantileRanks {
  wholeNumber('n', n, 1)
  openUnit('q', q)
  // A hair of room, so that a tail of exactly a counts whatever its last digit.
  const a = ((1 - openUnit('confidence', confidence)) / 2) * (1 + 1e-12)
  const lower = lastRank(n, (rank) => binomialCdf(rank - 1, n, q) <= a)
  const upper = lastRank(n, (rank) => binomialUpper(n + 1 - rank, n, q) <= a)
  const below = lower === 0 ? 0 : binomialCdf(lower - 1, n, q)
  const above = upper === 0 ? 0 : binomialUpper(n + 1 - upper, n, q)
  return {
    lower: lower === 0 ? null : lower,
    upper: upper === 0 ? null : n + 1 - upper,
    coverage: 1 - below - above,
  }
}

/** The last of the ranks 1…n that still holds, where all before it do; 0 where none does. */
function lastRank(n: number, holds: (rank: number) => boolean): number {
  let [low, high] = [0, n]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** That interval of a sample; null for a side that the sample is too small to bound. */
export function quantileInterval(
  sample: SortedSample,
  q: number,
  confidence: number,
): [lo: number | null, hi: number | null] {
  const { lower, upper } = quantileRanks({ n: sample.length, q, confidence })
  return [
    lower === null ? null : (sample[lower - 1] as number),
    upper === null ? null : (sample[upper - 1] as number),
  ]
}

/**
 * The smallest sample whose greatest value bounds the q-quantile from above at a one-sided level: 72 for p95 at
 * 0.025.
 */
export function minSampleForUpper(q: number, alpha: number): number {
  return Math.ceil(Math.log(openUnit('alpha', alpha)) / Math.log(openUnit('q', q)) - 1e-9)
}
