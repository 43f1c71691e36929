import { openUnit } from './argument.ts'
import { normalQuantile } from './normal.ts'
import { positive } from './probability.ts'

/** Where the variance of a paired comparison comes from, and how sure it is to be. */
export interface Design {
  /** Two-sided. */
  readonly alpha: number
  readonly power: number
  /** ω²: variance of the true differences between cases. */
  readonly omega2: number
  /** Variance over the repeats of a case, and repeats, per arm. */
  readonly withinA: number
  readonly kA: number
  readonly withinB: number
  readonly kB: number
  /** Squared ratio of the clustered standard error to the plain one; 1 without clusters. */
  readonly designEffect?: number
}

/** Cases needed to see a difference of `delta`, whole (Miller 2024, arXiv:2411.00640, eq. 9). */
export function requiredCases(design: Design & { readonly delta: number }): number {
  return Math.max(1, Math.ceil(requiredCasesExact(design) - 1e-9))
}

/** The same, before it is rounded up. */
export function requiredCasesExact({ delta, ...design }: Design & { readonly delta: number }): number {
  return (reach(design) ** 2 * varianceOf(design)) / positive(Math.abs(delta)) ** 2
}

/** The least difference that n cases show with that power: `requiredCases` solved for the difference. */
export function smallestDetectable({ n, ...design }: Design & { readonly n: number }): number {
  return reach(design) * Math.sqrt(varianceOf(design) / positive(n))
}

function reach({ alpha, power }: Design): number {
  return normalQuantile(1 - openUnit('alpha', alpha) / 2) + normalQuantile(openUnit('power', power))
}

function varianceOf({ omega2, withinA, kA, withinB, kB, designEffect = 1 }: Design): number {
  for (const variance of [omega2, withinA, withinB]) {
    if (!(variance >= 0 && variance < Infinity)) {
      throw new RangeError(`a variance must be 0 or more, got ${variance}`)
    }
  }
  return positive(designEffect) * (omega2 + withinA / positive(kA) + withinB / positive(kB))
}

/**
 * Units below which no valid bound can rule out a drop of `margin`: ln α / ln(1 − margin), since a share `margin` of
 * broken cases may have been missed altogether. `alpha` is one-sided: 72 units for 5 points at 0.025. Repeats cannot
 * replace units.
 */
export function minUnitsForMargin(margin: number, alpha: number): number {
  return Math.ceil(Math.log(openUnit('alpha', alpha)) / Math.log1p(-openUnit('margin', margin)) - 1e-9)
}
