import type { Bounds } from '../model/comparison.ts'
import type { MetricDecision } from '../model/verdict.ts'

/** One-sided p up to which a drop that is not proven is worth a warning. */
export const LEANING = 0.1

/** What a comparison has to say for itself. All differences are candidate − baseline. */
export interface Evidence {
  /** One-sided, raw. */
  readonly pWorse: number
  /** One-sided, after Holm over all comparisons that gate. */
  readonly pWorseHolm: number
  readonly pBetterHolm: number
  /** Of the difference, at 1 − alpha. */
  readonly interval: Bounds
  /** The score bound at −margin: it holds when z reaches crit. Null without a margin. */
  readonly guard: { readonly z: number; readonly crit: number } | null
  /** Two-sided. */
  readonly alpha: number
  /** The largest drop that still counts as "no worse"; null where it can never be proven. */
  readonly margin: number | null
}

export interface MetricVerdict {
  readonly decision: MetricDecision
  /** A drop that is proven, and proven to be smaller than the margin. */
  readonly smallDrop: boolean
  /** Of an inconclusive comparison only. */
  readonly signal?: 'leaning_worse' | 'no_signal'
}

/**
 * The decision rule for one metric of one column: two one-sided tests at alpha / 2, each of which must agree with the interval;
 * "no worse" is a test of its own against the margin (non-inferiority; Berger 1982 for why the run needs no correction there).
 *
 * Whether an unproven drop is worth a warning goes by the adjusted p: with the raw one, 15 metrics of an unchanged prompt would
 * warn more often than not. For one metric they are the same.
 */
export function metricDecision(evidence: Evidence): MetricVerdict {
  const { pWorse, pWorseHolm, pBetterHolm, interval, guard, alpha, margin } = evidence
  const a = alpha / 2
  const [lower, upper] = interval
  if (pBetterHolm <= a && lower > 0) return { decision: 'improved', smallDrop: false }
  if (guard !== null && margin !== null && guard.z >= guard.crit && lower > -margin)
    return { decision: 'no_worse', smallDrop: pWorse <= a && upper < 0 }
  if (pWorseHolm <= a && upper < 0) return { decision: 'regression', smallDrop: false }
  const signal = pWorseHolm <= LEANING ? 'leaning_worse' : 'no_signal'
  return { decision: 'inconclusive', smallDrop: false, signal }
}
