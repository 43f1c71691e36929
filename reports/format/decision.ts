import type { Gate, Verdict } from '../../harness/model/verdict.ts'
import { duration, NOTHING, percent, score, usd } from './figures.ts'

/** A decision in the words a person is shown. */
export const DECISION_WORDS: Record<Verdict['decision'], string> = {
  pass: 'PASS',
  warn: 'WARN',
  block: 'BLOCK',
  invalid: 'INVALID',
  no_baseline: 'NO BASELINE',
}

/** A gate's result by shape and by word, for those who see no colour. */
export const GATE_WORDS: Record<Gate['result'], string> = {
  pass: '✓ holds',
  warn: '! warns',
  fail: '✗ broken',
  not_measured: '? not measured',
}

/** A gate's figure with its unit, which its metric tells. */
export function gateFigure(gate: Gate, value: number | string | null): string {
  if (value === null) return NOTHING
  if (typeof value === 'string') return value
  if (gate.metric.startsWith('latencyMs')) return duration(value)
  if (gate.metric === 'costUsd') return usd(value)
  return gate.metric.startsWith('pass') ? percent(value) : score(value)
}
