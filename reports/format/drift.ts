import {
  columnName,
  type Drift,
  type RunComparison,
  type Sequential,
} from '../../harness/model/comparison.ts'
import { count, counted } from './figures.ts'
import { pValue, signedPoints, signedRange } from './points.ts'
import { limited, type Line, type Section, section } from './section.ts'

/** What is due to the model and what to the change. */
export function driftSection({ drift = [] }: RunComparison, limit: number): Section[] {
  return section(
    'Drift: the baseline run again beside this run',
    limited(drift.map(driftLine), limit, 'in analysis.json'),
  )
}

/** What a run that could stop early has saved. */
export function sequentialSection({ sequential }: RunComparison): Section[] {
  return sequential === undefined ? [] : section('Stopping early', [{ text: saved(sequential) }])
}

function driftLine({ column, metric, model, change }: Drift): Line {
  const of = ({ delta, interval, pWorse }: Drift['model']): string =>
    `${signedPoints(delta)} (${signedRange(interval)}; p worse ${pValue(pWorse)})`
  return {
    text: `${columnName(column)}, ${metric}: the model moved by ${of(model)} since the baseline; the change accounts for ${of(change)}`,
  }
}

function saved({ stopped, casesUsed, casesPlanned, callsSaved }: Sequential): string {
  const of = `${count(casesUsed)} of ${counted(casesPlanned, 'case')}`
  return stopped
    ? `Decided after ${of}: ${counted(callsSaved, 'call')} saved.`
    : `Not decided early: ${of} were run.`
}
