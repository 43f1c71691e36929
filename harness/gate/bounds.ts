import type { ColumnAnalysis } from '../model/analysis.ts'
import { columnName } from '../model/comparison.ts'
import { measureOf } from '../model/measure.ts'
import { percent, score } from './figures.ts'
import type { GateOutcome } from './outcome.ts'

/** The least value of a metric: a rate, a named score's mean, or a measure. */
export function atLeast(metric: string, floor: number, column: ColumnAnalysis): GateOutcome {
  return bounded('floor', metric, floor, column)
}

/** The greatest value of a metric, for those of which less is better. */
export function atMost(metric: string, ceiling: number, column: ColumnAnalysis): GateOutcome {
  return bounded('ceiling', metric, ceiling, column)
}

function bounded(
  bound: 'floor' | 'ceiling',
  metric: string,
  threshold: number,
  column: ColumnAnalysis,
): GateOutcome {
  const { observed, interval, isRate } = observe(metric, column)
  const gate = {
    name: `${bound}: ${metric}`,
    column: columnName(column),
    metric,
    threshold,
    observed,
    interval: interval && ([interval.lo, interval.hi] as const),
    ...(isRate && !isPass(metric) && { figure: 'share' as const }),
  }
  const show = isRate ? percent : score
  if (observed === null) {
    const reason = `${gate.column}: nothing was scored for "${metric}", so its ${bound} of ${show(threshold)} cannot be checked.`
    return { gate: { ...gate, result: 'not_measured' }, reason, required: true }
  }
  const isBroken = bound === 'floor' ? observed < threshold : observed > threshold
  const side = bound === 'floor' ? 'below' : 'above'
  const reason = `${gate.column}: ${metric} is ${show(observed, threshold)}, ${side} its ${bound} of ${show(threshold)}.`
  return { gate: { ...gate, result: isBroken ? 'fail' : 'pass' }, reason, required: true }
}

interface Observed {
  readonly observed: number | null
  readonly interval: { readonly lo: number; readonly hi: number } | null
  /** Shown in percent. */
  readonly isRate: boolean
}

function observe(metric: string, column: ColumnAnalysis): Observed {
  if (isPass(metric)) {
    // Without feedback the first try is the only one.
    const { passRate, interval } = (metric === 'pass_first' && column.firstTry) || column
    return { observed: passRate, interval, isRate: true }
  }
  const scored = column.namedScores[metric]
  const measure = scored === undefined ? measureOf(column.measures, metric) : undefined
  if (measure === undefined) return { observed: scored ?? null, interval: null, isRate: false }
  return { observed: measure.value, interval: measure.interval, isRate: measure.unit === 'share' }
}

function isPass(metric: string): boolean {
  return metric === 'pass' || metric === 'pass_first'
}
