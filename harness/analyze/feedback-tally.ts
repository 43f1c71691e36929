import type { ColumnAnalysis, FeedbackAnalysis } from '../model/analysis.ts'
import type { Trial } from '../model/trial.ts'
import { ExactSum } from '../stats/exact-sum.ts'
import { Mean } from './mean.ts'
import type { Judged } from './outcome-tally.ts'
import { OutcomeTally } from './outcome-tally.ts'

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
  readonly #addedUsd = new ExactSum()
  #priced = true

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
    const feedback: FeedbackAnalysis = {
      ...this.#changed,
      meanAttempts: this.#rounds.value,
      addedMs: { total: mean.value === null ? null : total.value, mean: mean.value },
      addedUsd: this.#priced ? this.#addedUsd.value : 'unknown',
    }
    return { firstTry: this.#first.finish(), feedback }
  }

  #addTaken({ attempts }: Trial, { addedMs, addedUsd }: NonNullable<Trial['feedback']>): void {
    if (addedUsd === 'unknown') this.#priced = false
    else this.#addedUsd.add(addedUsd)
    // A replayed reply carries the latency of another day.
    if (attempts.some(({ attempt = 0, reply }) => attempt > 0 && reply?.cached === true)) return
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
