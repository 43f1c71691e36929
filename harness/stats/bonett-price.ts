import { openUnit } from './argument.ts'
import { positive } from './probability.ts'
import { tQuantile } from './student-t.ts'
import { type ClusterIds, type Units, effectiveUnits, unitsOf } from './units.ts'

/** An interval of a mean difference, and what it was made from. */
export interface AdjustedInterval {
  readonly center: number
  readonly se: number
  /** Effective units − 1. */
  readonly df: number
  /** Clipped to [−1, 1]; all of it where there is one unit only. */
  readonly interval: [lo: number, hi: number]
}

/** Differences per case, repeats behind each. */
export interface DifferenceSample {
  readonly d: ArrayLike<number>
  readonly k: number
  readonly clusters?: ClusterIds | undefined
  readonly confidence: number
}

/**
 * The clustered t interval of a mean difference after adding one pseudo-case at +1/k and one at −1/k: Bonett & Price's
 * adjustment (2012, JEBS 37:479) taken to graded and repeated scores. Equal differences give it a width all the same.
 */
export function bonettPrice({ d, k, clusters, confidence }: DifferenceSample): AdjustedInterval {
  return bonettPriceOf(unitsOf(d, clusters), k, confidence)
}

/** The same of differences already added up by unit. */
export function bonettPriceOf(units: Units, k: number, confidence: number): AdjustedInterval {
  const { sums, sizes } = units
  const pseudo = 1 / positive(k)
  const upper = 1 - (1 - openUnit('confidence', confidence)) / 2
  const G = sums.length
  let [n, total] = [0, 0]
  for (let u = 0; u < G; u++) {
    n += sizes[u] as number
    total += sums[u] as number
  }
  const center = total / (n + 2)
  let squares = 2 * pseudo * pseudo + 2 * center * center
  for (let u = 0; u < G; u++) squares += ((sums[u] as number) - center * (sizes[u] as number)) ** 2
  const se = Math.sqrt((squares * (G + 2)) / (G + 1)) / (n + 2)
  const df = effectiveUnits(units) - 1
  // Rounding leaves a hair of one unit's effective number.
  if (df < 1e-9) return { center, se, df: 0, interval: [-1, 1] }
  const half = tQuantile(upper, df) * se
  return { center, se, df, interval: [Math.max(-1, center - half), Math.min(1, center + half)] }
}
