import type { Analysis } from '../../harness/model/analysis.ts'
import { columnName, type MetricComparison } from '../../harness/model/comparison.ts'
import type { Gate, MetricDecision, Verdict } from '../../harness/model/verdict.ts'
import type { Tone } from './section.ts'

const WORDS: Record<Exclude<MetricDecision, 'inconclusive'>, string> = {
  regression: 'regression',
  no_worse: 'no worse',
  improved: 'improved',
}

/** What a comparison came to, in the words a person is shown. */
export function metricWord(decision: MetricDecision, signal?: Gate['signal']): string {
  if (decision !== 'inconclusive') return WORDS[decision]
  return signal === 'leaning_worse' ? 'may be worse' : 'no signal'
}

/** The gate of a comparison; undefined where it only informs. */
export function gateOf(
  { gates }: Verdict,
  { metric, column }: Pick<MetricComparison, 'metric' | 'column'>,
): Gate | undefined {
  const name = columnName(column)
  return gates.find((gate) => gate.comparison !== undefined && gate.metric === metric && gate.column === name)
}

/** What a gate judges; undefined where that is no comparison. */
export function comparedBy(
  gate: Pick<Gate, 'column' | 'metric'>,
  { comparison }: Pick<Analysis, 'comparison'>,
): MetricComparison | undefined {
  return comparison?.metrics.find(
    ({ column, metric }) => columnName(column) === gate.column && metric === gate.metric,
  )
}

/** Its word and tone. What only informs has no decision. */
export function decisionOf(
  verdict: Verdict,
  comparison: MetricComparison,
): { readonly word: string; readonly tone: Tone | undefined } {
  const gate = gateOf(verdict, comparison)
  if (gate?.comparison === undefined) return { word: 'informs', tone: 'quiet' }
  if (gate.result === 'not_measured') return { word: 'not measured', tone: 'warn' }
  return { word: metricWord(gate.comparison, gate.signal), tone: toneOf(gate.comparison, gate.signal) }
}

function toneOf(decision: MetricDecision, signal: Gate['signal']): Tone | undefined {
  if (decision === 'regression') return 'bad'
  if (decision !== 'inconclusive') return 'good'
  return signal === 'leaning_worse' ? 'warn' : undefined
}
