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
