import { OUTCOMES } from '../../data/about.ts'
import type { Outcome } from '../../../../harness/model/trial.ts'
import type { Arm } from '../model/arm.ts'

/** Shapes that say the outcome to those who do not see its colour. */
const SHAPES: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', errored: '◆' }

export function outcomeOf(arm: Arm, row: number): Outcome {
  return OUTCOMES[arm.outcome[row] as number] ?? 'errored'
}

/** `✗ failed` */
export function outcomeWord(outcome: Outcome): string {
  return `${SHAPES[outcome]} ${outcome}`
}
