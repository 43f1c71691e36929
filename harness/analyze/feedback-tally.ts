import type { ColumnAnalysis, FeedbackAnalysis } from '../model/analysis.ts'
import type { Trial } from '../model/trial.ts'
import { ExactSum } from '../stats/exact-sum.ts'
import { CostTally } from './cost-tally.ts'
import { Mean } from './mean.ts'
import type { Judged } from './outcome-tally.ts'
import { OutcomeTally } from './outcome-tally.ts'
import { TokenTally } from './token-tally.ts'

/**
 * What the first replies of a column came to, and what the rounds after them changed and took. A reply that no other followed
 * is first and last in one, so that what was decided of it later (a comparison of columns, a hook) is decided of both.
 */
export class FeedbackTally {
  readonly #first = new OutcomeTally()
  readonly #rounds = new Mean()
  #given = false
  readonly #changed = { cells: 0, helped: 0, hurt: 0 }
  readonly #addedMs = { total: new ExactSum(), mean: new Mean() }
  readonly #addedUsd = new CostTally()
  readonly #addedTokens = new TokenTally()

  add(trial: Trial, caseIndex: number): void {
    const { feedback } = trial
    const first = firstOf(trial)
    this.#first.add(first, caseIndex)
    if (feedback === undefined) return
    this.#given = true
    this.#rounds.add(feedback.attempts)
    if (feedback.attempts < 2) return
    this.#changed.cells++
    if (first.outcome === 'failed' && trial.outcome === 'passed') this.#changed.helped++
    if (scoreOf(trial) < scoreOf(first)) this.#changed.hurt++
    this.#addTaken(trial, feedback)
  }

  /** Nothing for a column whose cells were given no feedback. */
  finish(): Pick<ColumnAnalysis, 'firstTry' | 'feedback'> {
    if (!this.#given) return {}
    const { total, mean } = this.#addedMs
    const { value: addedUsd, atLeast } = this.#addedUsd
    const feedback: FeedbackAnalysis = {
      ...this.#changed,
      meanAttempts: this.#rounds.value,
      addedMs: { total: mean.value === null ? null : total.value, mean: mean.value },
      addedUsd,
      ...(atLeast !== undefined && { addedAtLeastUsd: atLeast }),
      addedTokens: this.#addedTokens.finish(),
    }
    return { firstTry: this.#first.finish(), feedback }
  }

  #addTaken({ attempts }: Trial, { addedMs }: NonNullable<Trial['feedback']>): void {
    const added = attempts.filter(({ attempt = 0 }) => attempt > 0)
    for (const call of added) {
      this.#addedUsd.addCall(call)
      this.#addedTokens.add(call)
    }
    // A replayed reply carries the latency of another day.
    if (added.some(({ reply }) => reply?.cached === true)) return
    this.#addedMs.total.add(addedMs)
    this.#addedMs.mean.add(addedMs)
  }
}

function firstOf(trial: Trial): Judged {
  const { first, feedback } = trial
  return first !== undefined && feedback !== undefined && feedback.attempts > 1 ? first : trial
}

/** Of an unscored one nothing can be said: NaN is less than nothing. */
function scoreOf({ outcome, score }: Judged): number {
  return outcome === 'errored' || score === null ? NaN : score
}
