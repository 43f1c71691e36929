import type { MetricComparison } from '../../harness/model/comparison.ts'
import { metricValue } from './figures.ts'
import { points, signedRange, sizeOf } from './points.ts'

/** `pass fell by 8 points (−14.1 to −2.0), from 81.4% to 73.4%, over 156 cases × 3.` */
export function differenceSentence(of: MetricComparison): string {
  const { metric, delta, interval, base, candidate, cases, repeats } = of
  const moved =
    delta === 0 ? `${metric} did not move` : `${metric} ${delta < 0 ? 'fell' : 'rose'} by ${points(delta)}`
  return `${moved} (${signedRange(interval)}), from ${metricValue(metric, base.mean)} to ${metricValue(metric, candidate.mean)}, over ${sizeOf(cases, repeats)}.`
}
