import type { Drift, MetricComparison, RunComparison } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'

/**
 * Tells what is due to the model from what is due to the change, where the baseline's columns were run again beside the run's own.
 * @param change the run against the baseline that was run again
 * @param model the baseline that was run again against the stored one
 */
export function driftOf(change: RunComparison, model: RunComparison): Drift[] {
  const ofModel = new Map(model.metrics.map((metric) => [keyOf(metric), metric]))
  return change.metrics.flatMap((ofChange) => {
    const drifted = ofModel.get(`${ofChange.metric}\0${columnName(ofChange.against)}`)
    if (!ofChange.gates || drifted === undefined) return []
    const { metric, column } = ofChange
    return { metric, column, model: figuresOf(drifted), change: figuresOf(ofChange) }
  })
}

function keyOf({ metric, column }: MetricComparison): string {
  return `${metric}\0${columnName(column)}`
}

function figuresOf({ delta, interval, pWorse }: MetricComparison): Drift['model'] {
  return { delta, interval, pWorse }
}
