import { breakingShare, fewestUnits, undominated } from '../analyze/paired/planning.ts'
import { minUnitsForMargin, requiredCases, smallestDetectable } from '../stats/power.ts'

/** Of the sizes that are proposed: repeats of a case. */
const REPEATS = [1, 3, 5] as const
const POWER = 0.8
/** The drop to plan for where no margin is written. */
const DEFAULT_GOAL = 0.1
/** Where nothing was measured: a suite of middling difficulty, run once. */
const ASSUMED_RATE = 0.8

/** What is known of how a column's passes vary. */
export interface PowerBasis {
  /** Variance within a case over its repeats, in squares of the rate. */
  readonly within: number
  readonly passRate: number
}

interface PowerInput {
  readonly cases: number
  readonly repeats: number
  /** Independent units: clusters, else cases. */
  readonly units: number
  readonly alpha: number
  /** Comparisons that gate together and share alpha (Holm); 1 where it is left out. */
  readonly comparisons?: number | undefined
  readonly margin: number | null
  /** Of the baseline; absent where there is none. */
  readonly basis?: PowerBasis | undefined
}

/** What a comparison of this size could see. Drops are shares of 1: 0.05 is five points. */
export interface PowerForecast {
  readonly basis: 'baseline' | 'assumed'
  readonly passRate: number
  /** Least drop that is seen four times of five; null where not even that of every unit would be. */
  readonly detectable: number | null
  /** The drop that `options` are for: the margin, where there is one. */
  readonly goal: number
  /** Sizes that would see it, the fewest calls first. */
  readonly options: readonly { readonly cases: number; readonly repeats: number }[]
  /** Units below which "no worse" by the margin cannot be proven whatever the replies; null without a margin. */
  readonly leastUnits: number | null
  readonly units: number
}

/**
 * The power of a paired comparison (Miller 2024, arXiv:2411.00640, eq. 9) of two arms that vary within their cases as the
 * baseline does, and where a change shifts every case alike. Without a baseline the variance is that of single draws at a pass
 * rate of 80%, the most it can be at this rate. Where hardly anything varies, that formula promises more than the sign-flip
 * test keeps: the drop is at least the share of units that must break so that enough of them do.
 */
export function forecastPower(input: PowerInput): PowerForecast {
  const { cases, repeats, units, alpha, comparisons = 1, margin, basis } = input
  const passRate = basis?.passRate ?? ASSUMED_RATE
  const within = basis?.within ?? ASSUMED_RATE * (1 - ASSUMED_RATE)
  const designEffect = Math.max(1, cases / units)
  const alphaLeft = alpha / Math.max(1, comparisons)
  const common = { alpha: alphaLeft, power: POWER, omega2: 0, withinA: within, withinB: within, designEffect }
  const goal = margin ?? DEFAULT_GOAL
  const leastUnits = margin === null ? null : minUnitsForMargin(margin, alpha / 2)
  const enough = fewestUnits(alphaLeft / 2)
  const leastCases = Math.ceil(Math.max(leastUnits ?? 1, unitsToSee(goal, enough)) * designEffect - 1e-9)
  const options = [...new Set([...REPEATS, repeats])]
    .map((k) => ({
      cases: Math.max(leastCases, requiredCases({ ...common, delta: goal, kA: k, kB: k })),
      repeats: k,
    }))
    .toSorted((a, b) => a.cases * a.repeats - b.cases * b.repeats || a.repeats - b.repeats)
  const least = smallestDetectable({ ...common, n: cases, kA: repeats, kB: repeats })
  return {
    basis: basis === undefined ? 'assumed' : 'baseline',
    passRate,
    detectable:
      units < enough ? null : Math.min(1, Math.max(breakingShare(Math.floor(units), enough), least)),
    goal,
    options: undominated(options),
    leastUnits,
    units,
  }
}

/** Units of which, where a share of `drop` breaks, at least `enough` do four times of five. */
function unitsToSee(drop: number, enough: number): number {
  let units = enough
  while (breakingShare(units, enough) > drop) units++
  return units
}
