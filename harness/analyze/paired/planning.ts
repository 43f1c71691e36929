import type { MetricComparison } from '../../model/comparison.ts'
import { binomialCdf } from '../../stats/binomial.ts'
import type { Design } from '../../stats/power.ts'
import { minUnitsForMargin, requiredCases, smallestDetectable } from '../../stats/power.ts'

/** The power that a size is planned for. */
const POWER = 0.8

/** The drop that is planned for where no margin is set: 10 points. */
const DEFAULT_DROP = 0.1

/** Repeats that are suggested, beside as many as there are. */
const REPEATS = [3, 5]

/** The size of a comparison, and where the variance of its differences lies. */
export interface Planned {
  readonly n: number
  readonly k: number
  readonly units: number
  /** Kish's effective number of units. */
  readonly effectiveUnits: number
  /** Scores are 0 or 1, and means of such. */
  readonly binary: boolean
  /** Two-sided: of the comparison, and what Holm may leave to it among all that gate. The bound for "no worse" takes no correction. */
  readonly alpha: number
  readonly alphaLeft: number
  readonly margin: number | null
  readonly ofDifferences: number
  /** Null with one repeat. */
  readonly omega2: number | null
  readonly withinBase: number | null
  readonly withinCandidate: number | null
  readonly designEffect: number
}

/**
 * The least drop that is seen with 80% power (Miller 2024, eq. 9, solved for the difference). Of yes-or-no outcomes it is at least the share
 * of units that must break so that enough of them do for the sign-flip test to tell: where few cases differed, the
 * normal formula promises more than that test keeps. Null where not even all units would be enough.
 */
export function detectable(planned: Planned): number | null {
  const { n, k, units, alphaLeft, ofDifferences, effectiveUnits, binary } = planned
  const enough = fewestUnits(alphaLeft / 2)
  if (units < enough) return null
  const floor =
    binary || ofDifferences === 0 ? breakingShare(Math.max(enough, Math.floor(effectiveUnits)), enough) : 0
  const least = Math.max(floor, smallestDetectable({ n, ...designOf(planned, k, alphaLeft) }))
  return least <= 1 ? least : null
}

/**
 * What would show a drop of the margin, or of 10 points, with 80% power: more cases, or more repeats of the cases there are. Null where
 * there are enough already.
 */
export function needs(planned: Planned): MetricComparison['needs'] {
  const { n, k, margin, effectiveUnits } = planned
  if (n < 2 || (margin !== null && !(margin > 0 && margin < 1))) return null
  const drop = margin ?? DEFAULT_DROP
  const fewest = Math.ceil(fewestFor(planned, drop) * (n / effectiveUnits) - 1e-9)
  const alpha = margin === null ? planned.alphaLeft : planned.alpha
  const casesFor = (repeats: number): number =>
    Math.max(n, fewest, requiredCases({ delta: drop, ...designOf(planned, repeats, alpha) }))
  if (casesFor(k) === n) return null
  const options = [...new Set([k, ...REPEATS])]
    .filter((repeats) => repeats >= k)
    .map((repeats) => ({ cases: casesFor(repeats), repeats }))
    .filter(({ cases, repeats }) => cases > n || repeats > k)
    .sort((a, b) => a.cases * a.repeats - b.cases * b.repeats || a.cases - b.cases)
  return options.length === 0 ? null : { drop, options: undominated(options) }
}

/** Units below which no number of repeats helps: for the bound of "no worse", or for the test of a regression. */
function fewestFor({ margin, alpha, alphaLeft, binary }: Planned, drop: number): number {
  if (margin !== null) return minUnitsForMargin(margin, alpha / 2)
  const enough = fewestUnits(alphaLeft / 2)
  if (!binary) return enough
  let units = enough
  while (breakingShare(units, enough) > drop) units++
  return units
}

/** Options that another one beats in cases and in repeats are no choice. */
export function undominated<T extends { readonly cases: number; readonly repeats: number }>(
  options: readonly T[],
): T[] {
  return options.filter((a) => !options.some((b) => b !== a && b.cases <= a.cases && b.repeats <= a.repeats))
}

/**
 * With one repeat nothing tells flake from true differences: all variance is then taken for flake, as it is where nothing has
 * changed, so that more repeats are said to help as much as they can.
 */
function designOf(planned: Planned, repeats: number, alpha: number): Design {
  const { omega2, withinBase, withinCandidate, ofDifferences, designEffect } = planned
  const known = omega2 !== null && withinBase !== null && withinCandidate !== null
  const half = (ofDifferences / 2) * planned.k
  return {
    alpha,
    power: POWER,
    omega2: known ? omega2 : 0,
    withinA: known ? withinBase : half,
    kA: repeats,
    withinB: known ? withinCandidate : half,
    kB: repeats,
    designEffect,
  }
}

/** Units that must all be worse for the sign-flip test's mid-p, ½ · ½ᵘ, to come to `alpha` (one-sided): 5 at 0.025. */
export function fewestUnits(alpha: number): number {
  return Math.max(1, Math.ceil(-Math.log2(alpha) - 1 - 1e-9))
}

/** The share of breaking units of which, with 80% power, at least `enough` of n break. */
export function breakingShare(n: number, enough: number): number {
  let [lo, hi] = [0, 1]
  for (let i = 0; i < 50; i++) {
    const share = (lo + hi) / 2
    if (1 - binomialCdf(enough - 1, n, share) >= POWER) hi = share
    else lo = share
  }
  return hi
}
