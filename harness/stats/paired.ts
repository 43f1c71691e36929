import { openUnit, sameLength, within } from './argument.ts'
import { bonettPriceOf } from './bonett-price.ts'
import { normalQuantile } from './normal.ts'
import { positive } from './probability.ts'
import { scoreLowerBound, scoreZ } from './score-bound.ts'
import { signFlip } from './sign-flip.ts'
import { tQuantile } from './student-t.ts'
import { type PairedCounts, tangoInterval, tangoZ } from './tango.ts'
import { type ClusterIds, type Units, unitsOf } from './units.ts'
import { countedUnits } from './counted-units.ts'

/** Two arms over the same cases, case by case. */
export interface PairedInput {
  /** Mean scores of the cases over the first k repeats of each arm. */
  readonly base: ArrayLike<number>
  readonly candidate: ArrayLike<number>
  /** Repeats per arm behind each mean; 1 for single runs. Where cases differ, a mean of them. */
  readonly k: number
  /** What names the cluster of each case; absent: each case its own. */
  readonly clusters?: ClusterIds | undefined
  /** Scores are 0 or 1, and means of such. */
  readonly binary: boolean
  /** Two-sided. */
  readonly alpha: number
  /** "No worse" means by less than this, in [0, 1]; null where that is not asked. */
  readonly margin: number | null
  /** Of the sign flips, where they are sampled. */
  readonly seed?: number
}

/** The bound for "no worse": it holds where z ≥ crit. */
export interface Guard {
  readonly z: number
  readonly crit: number
  /** The least difference that the score test does not reject. */
  readonly lower: number
}

/** What the differences candidate − baseline say. Never NaN or infinite. */
export interface PairedResult {
  /** Cases. */
  readonly n: number
  readonly units: number
  /** Kish's. */
  readonly effectiveUnits: number
  readonly delta: number
  /** At 1 − alpha, within [−1, 1]. */
  readonly interval: [lo: number, hi: number]
  readonly method: 'tango' | 'bonett-price'
  /** One-sided mid-p of the sign-flip test. */
  readonly pWorse: number
  readonly pBetter: number
  readonly guard: Guard | null
  /** Cases whose mean fell, stayed, rose. */
  readonly worse: number
  readonly equal: number
  readonly better: number
}

/** Differences of means below this are rounding. */
const ROUNDING = 1e-9

/**
 * A paired comparison: sign-flip p-values, an interval and the guard. Yes-or-no outcomes of single runs without
 * clusters get Tango's interval and guard; all else the clustered Bonett–Price interval, and the score bound with t
 * of the effective units.
 */
export function comparePaired(input: PairedInput): PairedResult {
  const { k, clusters, binary, margin } = input
  openUnit('alpha', input.alpha)
  positive(k)
  if (margin !== null) within('margin', margin, 0, 1)
  const { d, counts } = differences(input)
  const units = unitsOf(d, clusters)
  const { worse, better } = signFlip(units.sums, input.seed === undefined ? {} : { seed: input.seed })
  const tests = { pWorse: worse.midP, pBetter: better.midP }
  const single = binary && k === 1 && units.sums.length === d.length
  return { ...(single ? byTango(counts, input) : byUnits(units, d.length, input)), ...tests, ...counts }
}

type Estimate = Pick<PairedResult, 'units' | 'effectiveUnits' | 'delta' | 'interval' | 'method' | 'guard'>
type Counts = PairedCounts & Pick<PairedResult, 'equal'>

function differences({ base, candidate, binary, k }: PairedInput): { d: Float64Array; counts: Counts } {
  sameLength('base and candidate', base, candidate)
  const d = new Float64Array(base.length)
  let [worse, better] = [0, 0]
  for (let i = 0; i < d.length; i++) {
    const [a, b] = [base[i] as number, candidate[i] as number]
    within('a score', a, 0, 1)
    within('a score', b, 0, 1)
    if (binary && k === 1 && a * (1 - a) + b * (1 - b) !== 0) {
      throw new RangeError(`yes-or-no scores of single runs are 0 or 1, got ${a} and ${b}`)
    }
    const difference = b - a
    if (difference < -ROUNDING) worse++
    else if (difference > ROUNDING) better++
    d[i] = Math.abs(difference) > ROUNDING ? difference : 0
  }
  return { d, counts: { n: d.length, worse, equal: d.length - worse - better, better } }
}

function byTango(counts: Counts, { alpha, margin }: PairedInput): Estimate {
  const { n, worse, better } = counts
  const crit = normalQuantile(1 - alpha / 2)
  const interval = tangoInterval(counts, 1 - alpha)
  const guard = margin === null ? null : { z: tangoZ(counts, -margin), crit, lower: interval[0] }
  return { units: n, effectiveUnits: n, delta: (better - worse) / n, interval, method: 'tango', guard }
}

function byUnits(units: Units, n: number, { alpha, margin, k }: PairedInput): Estimate {
  const { df, interval } = bonettPriceOf(units, k, 1 - alpha)
  let total = 0
  for (let u = 0; u < units.sums.length; u++) total += units.sums[u] as number
  const guard = margin === null ? null : guardOf(units, df, alpha, margin)
  const estimate = { units: units.sums.length, effectiveUnits: df + 1, delta: total / n }
  return { ...estimate, interval, method: 'bonett-price', guard }
}

/** One unit proves nothing: a critical value that nothing reaches. */
const HOPELESS: Guard = { z: 0, crit: Number.MAX_VALUE, lower: -1 }

function guardOf(units: Units, df: number, alpha: number, margin: number): Guard {
  if (df === 0) return HOPELESS
  const crit = Math.min(Number.MAX_VALUE, tQuantile(1 - alpha / 2, df))
  const counted = countedUnits(units)
  return { z: scoreZ(counted, -margin), crit, lower: scoreLowerBound(counted, crit) }
}
