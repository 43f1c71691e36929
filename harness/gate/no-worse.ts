import type { ColumnName, RunComparison } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import type { Gate } from '../model/verdict.ts'
import type { GateOutcome } from './outcome.ts'
import { metricDecision, type MetricVerdict } from './rule.ts'
import {
  improvedSentence,
  leaningSentence,
  noSignalSentence,
  noSignalsSentence,
  noWorseSentence,
  noWorsesSentence,
  regressionSentence,
  smallDropSentence,
  type Told,
} from './sentences.ts'

/** A comparison that gates, and what it comes to. */
export interface Judged extends Told {
  readonly verdict: MetricVerdict
}

/** Applies the decision rule to every comparison that gates. */
export function judge({ metrics, alpha, margin }: RunComparison): Judged[] {
  const gating = metrics.filter(({ gates }) => gates)
  return gating.map((comparison) => ({
    comparison,
    alpha,
    margin,
    among: gating.length,
    verdict: metricDecision({ ...comparison, alpha, margin }),
  }))
}

/** Names of the columns that are proven to be worse in a metric that gates. */
export function provenWorse(comparison: RunComparison): ReadonlySet<string> {
  const worse = judge(comparison).filter(({ verdict }) => verdict.decision === 'regression')
  return new Set(worse.map((one) => columnName(one.comparison.column)))
}

/** A proven regression fails, a likely one warns; all else passes, and `provenSentences` tells how much of that is proven. */
export function noWorseGates(judged: readonly Judged[]): GateOutcome[] {
  return judged.map((one) => {
    const { comparison, margin, verdict } = one
    const { metric, column, delta, interval, detectable, needs } = comparison
    const gate: Omit<Gate, 'result'> = {
      name: `no worse: ${metric}`,
      column: columnName(column),
      metric,
      threshold: margin === null ? 'no margin' : -margin,
      observed: delta,
      interval: [...interval],
      figure: 'difference',
      comparison: verdict.decision,
      ...(verdict.signal !== undefined && { signal: verdict.signal }),
      detectable,
      needs,
    }
    if (verdict.decision === 'regression')
      return { gate: { ...gate, result: 'fail' }, reason: regressionSentence(one), required: true }
    if (verdict.signal === 'leaning_worse')
      return { gate: { ...gate, result: 'warn' }, reason: leaningSentence(one), required: true }
    return { gate: { ...gate, result: 'pass' }, reason: '', required: true }
  })
}

/** Metrics that gate and could not be compared: whether they are worse is not known. */
export function uncomparedGates({ uncompared, margin }: RunComparison): GateOutcome[] {
  return uncompared
    .filter(({ gates }) => gates)
    .map(({ metric, column, reason }) => ({
      gate: {
        name: `no worse: ${metric}`,
        column: columnName(column),
        metric,
        result: 'not_measured',
        threshold: margin === null ? 'no margin' : -margin,
        observed: null,
        interval: null,
        figure: 'difference',
      },
      reason: `${columnName(column)}: ${metric} could not be compared with the baseline: ${ended(reason)}`,
      required: true,
    }))
}

/** What was not proven first, then what was: a sentence for each metric, or one for all of a kind in a column. */
export function provenSentences(judged: readonly Judged[]): string[] {
  const byColumn = Map.groupBy(judged, ({ comparison }) => pairKey(comparison))
  const groups = [...byColumn.values()].map((all) => ({
    margin: all[0]?.margin ?? null,
    noSignal: all.filter(({ verdict }) => verdict.signal === 'no_signal'),
    smallDrop: all.filter(({ verdict }) => verdict.smallDrop),
    noWorse: all.filter(({ verdict }) => verdict.decision === 'no_worse' && !verdict.smallDrop),
    improved: all.filter(({ verdict }) => verdict.decision === 'improved'),
  }))
  return [
    ...groups.flatMap(({ noSignal, margin }) =>
      oneOrAll(noSignal, noSignalSentence, (all) => noSignalsSentence(all, margin)),
    ),
    ...groups.flatMap(({ smallDrop }) => smallDrop.map(smallDropSentence)),
    ...groups.flatMap(({ noWorse, margin }) =>
      oneOrAll(noWorse, noWorseSentence, (all) => noWorsesSentence(all, margin)),
    ),
    ...groups.flatMap(({ improved }) => improved.map(improvedSentence)),
  ]
}

function oneOrAll(
  judged: readonly Judged[],
  one: (told: Told) => string,
  all: (told: readonly [Told, ...Told[]]) => string,
): string[] {
  const [first, ...rest] = judged
  if (first === undefined) return []
  return [rest.length === 0 ? one(first) : all([first, ...rest])]
}

function pairKey({ column, against }: { column: ColumnName; against: ColumnName }): string {
  return `${columnName(column)}\n${columnName(against)}`
}

function ended(reason: string): string {
  return /[.!?…]$/.test(reason) ? reason : `${reason}.`
}
