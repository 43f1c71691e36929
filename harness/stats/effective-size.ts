import { type Positive, type Probability, positive, probability } from './probability.ts'

/** Passes and scored observations per case, summed up so far as a rate and its clustered error need them. */
export interface CaseTotals {
  /** Cases with at least one scored observation. */
  readonly cases: Positive
  /** Scored observations, over all cases. */
  readonly observations: Positive
  readonly rate: Probability
  /** Sum over the cases of (passed − scored · rate)²: how much whole cases stray from the rate. */
  readonly clusteredSquares: number
}

/**
 * Totals of per-case counts: `passed[i]` of `scored[i]` observations of case i passed. Cases with nothing scored are
 * missing, not zero. Null where nothing was scored at all.
 *
 * All sums are of whole numbers, so that the result does not depend on the order of the cases.
 */
export function caseTotals(passed: ArrayLike<number>, scored: ArrayLike<number>): CaseTotals | null {
  let cases = 0
  let sumPassed = 0
  let sumScored = 0
  let passedSquares = 0
  let scoredSquares = 0
  let products = 0
  for (let i = 0; i < scored.length; i++) {
    const m = scored[i] as number
    if (m === 0) continue
    const s = passed[i] ?? 0
    if (s > m) throw new RangeError(`case ${i}: ${s} passed of ${m} scored`)
    cases++
    sumPassed += s
    sumScored += m
    passedSquares += s * s
    scoredSquares += m * m
    products += s * m
  }
  if (cases === 0) return null
  const rate = sumPassed / sumScored
  const squares = passedSquares - 2 * rate * products + rate * rate * scoredSquares
  return {
    cases: positive(cases),
    observations: positive(sumScored),
    rate: probability(rate),
    clusteredSquares: Math.max(0, squares),
  }
}

/** Standard error of the rate with cases as clusters (Miller 2024, arXiv:2411.00640, eq. 4), without small-sample correction. */
export function clusteredError(totals: CaseTotals): number {
  return Math.sqrt(totals.clusteredSquares) / totals.observations
}

/**
 * How many independent observations the repeats are worth: n_eff = n / design effect (Kish 1965), the design effect being
 * the squared ratio of the case-clustered standard error (with the G/(G−1) correction) to that of independent draws.
 * It is clipped to [cases, observations]: a case counts at least once, and repeats that happen to disagree more
 * than chance do not add evidence. Where every observation agrees, nothing tells repeats apart from copies,
 * so only cases count.
 */
export function effectiveSize(totals: CaseTotals): Positive {
  const { cases, observations, rate, clusteredSquares } = totals
  const independent = rate * (1 - rate)
  if (independent === 0 || cases === 1) return cases
  const variance = (clusteredSquares / observations ** 2) * (cases / (cases - 1))
  return positive(Math.min(observations, Math.max(cases, independent / variance)))
}
