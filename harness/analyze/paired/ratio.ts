import type { RatioComparison } from '../../model/comparison.ts'
import { flipMany } from './flip-many.ts'
import { clusteredMean } from '../../stats/clustered-mean.ts'
import { tQuantile } from '../../stats/student-t.ts'
import { unitsOf } from '../../stats/units.ts'
import type { PairedScores } from './paired-scores.ts'

/** The figures of a ratio, but for what it is of. */
export type RatioFigures = Pick<
  RatioComparison,
  'cases' | 'ratio' | 'interval' | 'pAbove' | 'pBelow' | 'pAboveLimit' | 'limit'
>

/** A larger ratio is written as this one: JSON has no infinity. */
const LARGEST = Number.MAX_VALUE

/**
 * The ratio candidate / baseline of a figure that is above 0, as the mean over the cases of the log ratio: its interval is
 * Student's on the logs, its p-values the sign-flip test's; that for a limit flips the distance from the limit's log. A case where both
 * are 0 has the ratio 1; one where only one is 0 has none, and is left out. Null where fewer than two units have one: nothing would tell its spread.
 */
export function compareRatio(
  { base, candidate, units }: PairedScores,
  alpha: number,
  limit: number | undefined,
): RatioFigures | null {
  const [logs, clusters]: [number[], number[]] = [[], []]
  for (let i = 0; i < base.length; i++) {
    const [old, now] = [base[i] as number, candidate[i] as number]
    if (old < 0 || now < 0 || (old === 0) !== (now === 0)) continue
    // Not the log of the ratio, which may be too large for a number.
    logs.push(old === 0 ? 0 : Math.log(now) - Math.log(old))
    if (units !== undefined) clusters.push(units[i] as number)
  }
  if (logs.length === 0) return null
  const grouped = units === undefined ? undefined : clusters
  const { mean, seCorrected, effectiveClusters } = clusteredMean(logs, grouped)
  const df = effectiveClusters - 1
  if (seCorrected === null || df < 1e-9) return null
  const half = tQuantile(1 - alpha / 2, df) * seCorrected
  const [lo, ratio, hi] = [mean - half, mean, mean + half].map((log) => Math.min(LARGEST, Math.exp(log)))
  const { above, below } = tested(logs, grouped, 0)
  return {
    cases: logs.length,
    ratio: ratio as number,
    interval: [lo as number, hi as number],
    pAbove: above,
    pBelow: below,
    pAboveLimit: limit === undefined ? null : tested(logs, grouped, Math.log(limit)).above,
    limit: limit ?? null,
  }
}

function tested(
  logs: readonly number[],
  clusters: readonly number[] | undefined,
  shift: number,
): { readonly above: number; readonly below: number } {
  const shifted = shift === 0 ? logs : logs.map((log) => log - shift)
  const { worse, better } = flipMany(unitsOf(shifted, clusters).sums)
  return { above: better, below: worse }
}
