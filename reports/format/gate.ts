import type { Analysis } from '../../harness/model/analysis.ts'
import type { MetricComparison } from '../../harness/model/comparison.ts'
import type { Gate } from '../../harness/model/verdict.ts'
import { count, duration, metricValue, NOTHING, percent, range, usd } from './figures.ts'
import { comparedBy, metricWord } from './metric-decision.ts'
import { plainPoints, points, ratio, ratioRange, signedPoints, signedRange, sizeOf } from './points.ts'

/** A gate's figure with its unit, which the kind of figure tells, else the metric. */
export function gateFigure(gate: Gate, value: number | string | null): string {
  if (value === null) return NOTHING
  if (typeof value === 'string') return value
  if (gate.figure === 'difference') return signedPoints(value)
  if (gate.figure === 'ratio') return ratio(value)
  if (gate.figure === 'count') return count(value)
  if (gate.figure === 'share') return percent(value)
  if (gate.metric.startsWith('latencyMs')) return duration(value)
  if (gate.metric === 'costUsd') return usd(value)
  return metricValue(gate.metric, value)
}

/** A gate's interval in the unit of its figure; `–` where it has none. */
export function gateInterval({ interval, figure, metric }: Gate): string {
  if (interval === null) return NOTHING
  if (figure === 'difference') return signedRange(interval)
  if (figure === 'ratio') return ratioRange(interval)
  if (figure === 'count') return interval.map((bound) => count(bound)).join('–')
  const isShare = figure === 'share' || metric === 'pass' || metric === 'pass_first'
  return isShare
    ? range({ lo: interval[0], hi: interval[1] })
    : interval.map((bound) => metricValue(metric, bound)).join('–')
}

/** `−8.0 points (−14.1 to −2.0)` */
export function gateObserved(gate: Gate): string {
  const interval = gate.interval === null ? '' : ` (${gateInterval(gate)})`
  return gateFigure(gate, gate.observed) + interval
}

/** `−8.0 points (−14.1 to −2.0), limit −5.0 points: regression` */
export function gateSentence(gate: Gate): string {
  const { threshold } = gate
  const limit = typeof threshold === 'string' ? threshold : `limit ${gateFigure(gate, threshold)}`
  const word = gate.comparison === undefined ? '' : `: ${metricWord(gate.comparison, gate.signal)}`
  return `${gateObserved(gate)}, ${limit}${word}`
}

/** What an inconclusive comparison could have seen, and what it would take to see more. */
export function gateNotes(gate: Gate, analysis: Pick<Analysis, 'comparison'>): string[] {
  const { comparison, detectable, needs } = gate
  if (comparison !== 'inconclusive') return []
  const now = comparedBy(gate, analysis)
  const seen = [
    ...notRuledOut(now, analysis.comparison?.margin),
    ...(detectable === undefined || detectable === null ? [] : [visible(detectable)]),
  ]
  const [first, ...others] = (needs?.options ?? [])
    .filter(({ cases, repeats }) => now === undefined || cases > now.cases || repeats > now.repeats)
    .slice(0, 3)
    .map(({ cases, repeats }) => sizeOf(cases, repeats))
  if (needs === undefined || needs === null || first === undefined) return seen
  const sizes = others.length === 0 ? first : `${[first, ...others].join(', or ')},`
  return [...seen, `It takes ${sizes} to see a ${plainPoints(needs.drop)}-point drop.`]
}

/** Where the interval clears the margin and the bound that decides does not: without this the two seem to contradict each other. */
function notRuledOut(of: MetricComparison | undefined, margin: number | null | undefined): string[] {
  if (!of?.guard || margin === null || margin === undefined) return []
  const { lower } = of.guard
  return of.interval[0] > -margin && lower <= -margin
    ? [`“No worse” goes by a stricter bound than the interval: a drop of ${points(lower)} is not ruled out.`]
    : []
}

/** Rounded up, as the verdict's sentences are: a drop that is said to be seen is one that would be. */
function visible(drop: number): string {
  if (drop >= 1) return 'At this size no drop can be told from noise.'
  const digits = drop >= 0.02 ? 100 : 1000
  return `At this size only drops over ${points(Math.ceil(drop * digits - 1e-9) / digits)} can be seen.`
}
