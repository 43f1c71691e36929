import type { CountedUnits } from './score-bound.ts'
import type { Units } from './units.ts'

/** Sums that differ by less are one: the same passes, subtracted from others. */
const ROUNDING = 1e-12

/**
 * Units that are alike taken together, where every unit is one case: what is worked out over units is then over their
 * few values.
 */
export function countedUnits(units: Units): CountedUnits {
  const { sums, sizes } = units
  if (sizes.some((size) => size !== 1)) return units
  const sorted = sums.toSorted()
  const counts = new Float64Array(sorted.length)
  let last = 0
  counts[0] = 1
  for (let i = 1; i < sorted.length; i++) {
    if ((sorted[i] as number) - (sorted[last] as number) > ROUNDING) sorted[++last] = sorted[i] as number
    counts[last] = (counts[last] as number) + 1
  }
  const distinct = last + 1
  return {
    sums: sorted.subarray(0, distinct),
    sizes: sizes.subarray(0, distinct),
    counts: counts.subarray(0, distinct),
  }
}
