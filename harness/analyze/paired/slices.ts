import type { SliceComparison } from '../../model/comparison.ts'
import { benjaminiHochberg } from '../../stats/multiple.ts'
import { comparePaired } from '../../stats/paired.ts'
import { caseGroups } from './case-groups.ts'
import type { ComparedMetric } from './compare-metric.ts'
import { subset, typicalRepeats } from './paired-scores.ts'
import { plain, plainBounds } from './rounding.ts'

/**
 * The gating columns by slice of their cases, on `pass` where it gates, else on the first metric that does. Informational: p-values are
 * adjusted to hold the share of false finds, over all slices.
 */
export function compareSlices(
  compared: readonly ComparedMetric[],
  { alpha, metrics }: { readonly alpha: number; readonly metrics: readonly string[] },
): SliceComparison[] {
  const metric = metrics.includes('pass') ? 'pass' : metrics[0]
  const gating = compared.filter(({ comparison }) => comparison.gates && comparison.metric === metric)
  const slices = gating.flatMap((each) => slicesOf(each, alpha))
  const adjusted = benjaminiHochberg(slices.map(({ pWorse }) => pWorse))
  return slices.map((slice, i) => Object.assign(slice, { pAdjusted: adjusted[i] as number }))
}

function slicesOf(
  { scores, comparison }: ComparedMetric,
  alpha: number,
): Omit<SliceComparison, 'pAdjusted'>[] {
  const { metric, column, against } = comparison
  return caseGroups(scores.cases).map(({ slice, places }) => {
    const some = subset(scores, places)
    const { base, candidate, units, binary } = some
    const k = typicalRepeats(some)
    const result = comparePaired({ base, candidate, k, clusters: units, binary, alpha, margin: null })
    const { delta, interval, pWorse, worse, equal, better } = result
    return {
      slice,
      metric,
      column,
      against,
      cases: places.length,
      delta: plain(delta),
      interval: plainBounds(interval),
      pWorse,
      counts: { worse, equal, better },
    }
  })
}
