import type { Arm } from '../analyze/paired/arm.ts'
import type { Bounds, MetricComparison, RunComparison, Sequential } from '../model/comparison.ts'
import { BettingProcess } from '../stats/e-process.ts'
import { holm } from '../stats/multiple.ts'
import { differenceOf, EValues } from './e-values.ts'
import { isPass } from './stop-rule.ts'

/** Steps of halving the range of a bound: to under 0.0001. */
const HALVINGS = 15

/** What a run that could stop early has counted. */
export interface Counted {
  readonly about: Sequential
  /** Ids of the cases, in their order. */
  readonly cases: readonly string[]
}

/**
 * A comparison whose run could stop at any case, with figures that hold at any time: p = 1/E, an interval of the means that no bet has
 * refuted (a confidence sequence: Waudby-Smith & Ramdas 2024), and the e-value for "no worse" in the place of its bound. Of a run
 * that went to its end too: that it would was not known before.
 */
export function sequentialComparison(
  comparison: RunComparison,
  { base, candidate }: { readonly base: Arm; readonly candidate: Arm },
  { about, cases }: Counted,
): RunComparison {
  const { alpha, margin } = comparison
  const gating = comparison.metrics.filter(({ gates }) => gates)
  const isSingle = candidate.repeat === 1
  const anyTime = gating.map((metric) => {
    const differences = cases.flatMap((caseId) => {
      const then = base.table.scores(metric.against, metric.metric, caseId)
      return differenceOf(then, candidate.table.scores(metric.column, metric.metric, caseId)) ?? []
    })
    return atAnyTime(metric, differences, {
      a: alpha / 2,
      margin,
      isSingle: isSingle && isPass(metric.metric),
    })
  })
  const worse = holm(anyTime.map(({ pWorse }) => pWorse))
  const better = holm(anyTime.map(({ pBetter }) => pBetter))
  const replaced = new Map(
    gating.map((metric, i) => [
      metric,
      { ...(anyTime[i] as MetricComparison), pWorseHolm: worse[i] ?? 1, pBetterHolm: better[i] ?? 1 },
    ]),
  )
  const metrics = comparison.metrics.map((metric) => replaced.get(metric) ?? metric)
  return { ...comparison, metrics, sequential: about }
}

interface Level {
  readonly a: number
  readonly margin: number | null
  readonly isSingle: boolean
}

function atAnyTime(metric: MetricComparison, differences: readonly number[], level: Level): MetricComparison {
  const { a, margin } = level
  const values = new EValues(level)
  for (const difference of differences) values.add(difference)
  const { worse, noWorse } = values
  const [lo, hi] = boundsOf(differences, a, worse >= 1 / a)
  const isProven = noWorse !== null && margin !== null && noWorse >= 1 / a
  // Found by halving: it may miss by a hair what the e-value has proven.
  const lower = isProven ? Math.max(lo, Number.EPSILON - margin) : lo
  const better = capital(differences, { m: 0, alpha: a, direction: 'greater' })
  return {
    ...metric,
    method: 'e-process',
    pWorse: Math.min(1, 1 / worse),
    pBetter: Math.min(1, 1 / better),
    interval: [lower, Math.max(lower, hi)],
    guard: noWorse === null ? null : { z: noWorse, crit: 1 / a, lower },
  }
}

/** The means that no bet has refuted. The two ways to test for a drop may differ by a hair: what one has proven stands. */
function boundsOf(differences: readonly number[], a: number, dropIsProven: boolean): Bounds {
  const refutes = (m: number, direction: 'less' | 'greater') =>
    capital(differences, { m, alpha: a, direction }) >= 1 / a
  const lo = boundary((m) => refutes(m, 'greater'))
  const hi = -boundary((m) => refutes(-m, 'less'))
  return [lo, dropIsProven ? Math.min(hi, -Number.EPSILON) : hi]
}

/** The largest mean in (−1, 1) that is refuted; −1 where none is. */
function boundary(isRefuted: (m: number) => boolean): number {
  let [refuted, open] = [-1, 1]
  for (let i = 0; i < HALVINGS; i++) {
    const m = (refuted + open) / 2
    if (isRefuted(m)) refuted = m
    else open = m
  }
  return refuted
}

function capital(
  differences: readonly number[],
  bet: { readonly m: number; readonly alpha: number; readonly direction: 'less' | 'greater' },
): number {
  const process = new BettingProcess(bet)
  for (const difference of differences) process.add(difference)
  return process.best
}
