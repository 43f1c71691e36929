import type { Gate, Verdict } from '../../harness/model/verdict.ts'

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
