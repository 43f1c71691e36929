import { columnName } from '../../harness/model/column-name.ts'
import { caseLabel } from '../../harness/analyze/case-label.ts'
import type { SourceLocation } from '../../harness/model/source.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { whyNot } from '../../reports/format/trial-text.ts'

/** What a case came to in a column, over its repeats. */
export type CaseOutcome = 'passed' | 'failed' | 'errored'

/** Outcomes by column and case: they stay the same case while prompts and variables are edited. */
export type Outcomes = ReadonlyMap<string, CaseOutcome>

/** A case that came out otherwise than in the round before. Its texts are as they are on record. */
export interface RoundFlip {
  readonly before: CaseOutcome
  readonly after: CaseOutcome
  readonly column: string
  readonly name: string
  readonly source: SourceLocation
  /** Of one that does not pass. */
  readonly why?: string
}

/** UTF-16 units. */
const NAME_LIMIT = 100

/** Errored ones are missing: they tell nothing beside a repeat that was scored. */
const RANKS: Record<CaseOutcome, number> = { errored: 0, passed: 1, failed: 2 }

/**
 * Reads what a round came to, one trial at a time.
 * @param previous of the round before
 */
export async function readOutcomes(
  trials: AsyncIterable<Trial>,
  previous: Outcomes,
): Promise<{ readonly outcomes: Outcomes; readonly flips: readonly RoundFlip[] }> {
  const outcomes = new Map<string, CaseOutcome>()
  const flips = new Map<string, RoundFlip>()
  for await (const trial of trials) {
    const key = keyOf(trial)
    const known = outcomes.get(key)
    if (known !== undefined && RANKS[known] >= RANKS[trial.outcome]) continue
    outcomes.set(key, trial.outcome)
    const before = previous.get(key)
    if (before === undefined || before === trial.outcome) flips.delete(key)
    else flips.set(key, flipOf(trial, before))
  }
  return { outcomes, flips: [...flips.values()] }
}

function flipOf(trial: Trial, before: CaseOutcome): RoundFlip {
  const { cell, outcome } = trial
  return {
    before,
    after: outcome,
    column: columnName(cell),
    name: caseLabel(cell, NAME_LIMIT) ?? cell.caseId,
    source: cell.source,
    ...(outcome !== 'passed' && { why: whyNot(trial) }),
  }
}

function keyOf({ cell }: Trial): string {
  return JSON.stringify([cell.prompt, cell.provider, cell.caseId])
}
