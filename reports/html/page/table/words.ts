import type { Outcome } from '../../../../harness/model/trial.ts'
import type { ChangeWord } from '../../data/about.ts'
import { CHANGES, FLAGS, OUTCOMES } from '../../data/about.ts'
import type { Arm } from '../model/arm.ts'

/** A word with the shape that says the same, and the colour that does. */
export interface Sign {
  readonly shape: string
  readonly word: string
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet'
}

const OUTCOME_SIGNS: Readonly<Record<Outcome, Sign>> = {
  passed: { shape: '✓', word: 'passed', tone: 'good' },
  failed: { shape: '✗', word: 'failed', tone: 'bad' },
  errored: { shape: '◆', word: 'errored', tone: 'warn' },
}

const CHANGE_SIGNS: Readonly<Record<ChangeWord, Sign | undefined>> = {
  none: undefined,
  regressed: { shape: '▼', word: 'regressed', tone: 'bad' },
  improved: { shape: '▲', word: 'improved', tone: 'good' },
  same: { shape: '=', word: 'same', tone: 'quiet' },
}

const FLAG_SIGNS = [
  ['flaky', '≈'],
  ['refused', '⊘'],
  ['quarantined', '◌'],
  ['replayed', '↺'],
  ['withheld', '▢'],
] as const

export function outcomeOf({ outcome }: Arm, row: number): Outcome {
  return OUTCOMES[outcome[row] as number] ?? 'errored'
}

export function outcomeSign(arm: Arm, row: number): Sign {
  return OUTCOME_SIGNS[outcomeOf(arm, row)]
}

/** `✗ failed` */
export function outcomeWord(outcome: Outcome): string {
  return `${OUTCOME_SIGNS[outcome].shape} ${outcome}`
}

/** Undefined where the cell is compared with nothing. */
export function changeSign({ change }: Arm, row: number): Sign | undefined {
  return CHANGE_SIGNS[CHANGES[change[row] as number] ?? 'none']
}

/** `≈ flaky`, `↺ replayed` */
export function flagWords({ flags }: Arm, row: number): string {
  const bits = flags[row] as number
  return FLAG_SIGNS.filter(([flag]) => bits & FLAGS[flag])
    .map(([flag, shape]) => `${shape} ${flag}`)
    .join('  ')
}

export function hasFlag({ flags }: Arm, row: number, flag: keyof typeof FLAGS): boolean {
  return ((flags[row] as number) & FLAGS[flag]) !== 0
}
