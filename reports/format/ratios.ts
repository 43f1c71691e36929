import {
  columnName,
  type CostComparison,
  type LatencyComparison,
  type RatioComparison,
  type RunComparison,
} from '../../harness/model/comparison.ts'
import { counted, duration, percent, usd } from './figures.ts'
import { ratio, ratioRange } from './points.ts'
import { limited, type Line, type Section, section } from './section.ts'

/** How much slower or dearer the run is than its baseline: the columns that gate; where none does, all. */
export function ratiosSection({ latency, cost, metrics }: RunComparison, limit: number): Section[] {
  const gating = new Set(metrics.filter(({ gates }) => gates).map(({ column }) => columnName(column)))
  const isShown = ({ column, gates }: RatioComparison): boolean =>
    gates || gating.size === 0 || gating.has(columnName(column))
  const lines = [...latency.filter(isShown).map(latencyLine), ...cost.filter(isShown).map(costLine)]
  return section('Latency and cost against the baseline', limited(lines, limit, 'in analysis.json'))
}

function latencyLine(of: LatencyComparison): Line {
  const { base, candidate, tail } = of
  const slow =
    tail === null
      ? ''
      : `; ${percent(tail.candidate)} of replies took over ${duration(tail.thresholdMs)}, ${percent(tail.base)} before`
  const figures = `p50 ${duration(base.p50)} → ${duration(candidate.p50)}, p95 ${duration(base.p95)} → ${duration(candidate.p95)}${slow}`
  return { ...ratioLine('latency', of), details: [figures] }
}

function costLine(of: CostComparison): Line {
  return { ...ratioLine('cost', of), details: [`${usd(of.base)} → ${usd(of.candidate)} a case`] }
}

function ratioLine(what: string, of: RatioComparison): Line {
  const limit = of.limit === null ? '' : `, limit ${ratio(of.limit)}`
  const over = of.limit !== null && of.ratio > of.limit
  const text = `${columnName(of.column)}: ${what} ${ratio(of.ratio)} (${ratioRange(of.interval)}) over ${counted(of.cases, 'case')}${limit}`
  if (over) return { text, tone: 'warn' }
  return of.gates ? { text } : { text, tone: 'quiet' }
}
