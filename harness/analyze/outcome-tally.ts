import type { Interval } from '../model/analysis.ts'
import type { Outcome, Trial } from '../model/trial.ts'
import { caseTotals, effectiveSize } from '../stats/effective-size.ts'
import { wilson } from '../stats/wilson.ts'
import type { NamedTotals } from '../verify/derived-metrics.ts'
import { Counters } from './growing.ts'
import { Mean } from './mean.ts'
import { NamedTally } from './named-tally.ts'

/** What one reply came to. */
export type Judged = Pick<Trial, 'outcome' | 'score' | 'namedScores' | 'namedScoreWeights'>

/** Outcomes and scores of a column's trials. Their final values do not depend on the order of the trials. */
export class OutcomeTally {
  readonly #cases: Record<Outcome, Counters> = {
    passed: new Counters(),
    failed: new Counters(),
    errored: new Counters(),
  }
  readonly #totals: Record<Outcome, number> = { passed: 0, failed: 0, errored: 0 }
  #casesSeen = 0
  readonly #score = new Mean()
  readonly #namedScores = new NamedTally()

  add({ outcome, score, namedScores, namedScoreWeights }: Judged, caseIndex: number): void {
    this.#casesSeen = Math.max(this.#casesSeen, caseIndex + 1)
    this.#totals[outcome]++
    this.#cases[outcome].increment(caseIndex)
    // An errored trial is missing data: what it scored before it broke is not a score.
    if (outcome === 'errored') return
    if (score !== null) this.#score.add(score)
    this.#namedScores.add(namedScores, namedScoreWeights)
  }

  failed(caseIndex: number): number {
    return this.#cases.failed.at(caseIndex)
  }

  /** Scored trials of a case. */
  scored(caseIndex: number): number {
    return this.#cases.passed.at(caseIndex) + this.failed(caseIndex)
  }

  /** Cases with at least one scored trial, and repeats per case: the largest where they differ. */
  size(): { readonly cases: number; readonly repeats: number } {
    let [cases, repeats] = [0, 0]
    for (let i = 0; i < this.#casesSeen; i++) {
      const scored = this.scored(i)
      if (scored > 0) cases++
      repeats = Math.max(repeats, scored + this.#cases.errored.at(i))
    }
    return { cases, repeats }
  }

  finish(): Record<Outcome, number> & {
    readonly passRate: number | null
    readonly interval: Interval | null
    readonly meanScore: number | null
    readonly namedScores: Record<string, number>
  } {
    const indices = Array.from({ length: this.#casesSeen }, (_, i) => i)
    const totals = caseTotals(
      indices.map((i) => this.#cases.passed.at(i)),
      indices.map((i) => this.scored(i)),
    )
    return {
      ...this.#totals,
      passRate: totals && totals.rate,
      interval: totals && wilson(totals.rate, effectiveSize(totals)),
      meanScore: this.#score.value,
      namedScores: this.#namedScores.means(),
    }
  }

  /** What derived metrics are computed from: as in promptfoo, every finished cell counts. */
  namedTotals(): NamedTotals {
    const { passed, failed, errored } = this.#totals
    return { sums: this.#namedScores.sums(), count: passed + failed + errored }
  }
}
