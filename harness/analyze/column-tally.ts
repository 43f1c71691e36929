import type { ColumnAnalysis } from '../model/analysis.ts'
import type { Trial } from '../model/trial.ts'
import { caseTotals, effectiveSize } from '../stats/effective-size.ts'
import { ExactSum } from '../stats/exact-sum.ts'
import { wilson } from '../stats/wilson.ts'
import type { NamedTotals } from '../verify/derived-metrics.ts'
import { Counters } from './growing.ts'
import { LatencyTally } from './latency-tally.ts'
import { Mean } from './mean.ts'
import { NamedTally } from './named-tally.ts'

/** The running figures of one column. Their final values do not depend on the order of the trials. */
export class ColumnTally {
  readonly prompt: string
  readonly provider: string
  readonly failed = new Counters()
  readonly #passed = new Counters()
  readonly #errored = new Counters()
  readonly #totals = { passed: 0, failed: 0, errored: 0 }
  #casesSeen = 0
  readonly #score = new Mean()
  readonly #namedScores = new NamedTally()
  readonly #latency = new LatencyTally()
  readonly #ttft = new LatencyTally()
  readonly #cost = new ExactSum()
  #priced = true
  #replies = 0
  readonly #tokens = { input: 0, output: 0 }

  constructor(prompt: string, provider: string) {
    this.prompt = prompt
    this.provider = provider
  }

  add(trial: Trial, caseIndex: number): void {
    this.#casesSeen = Math.max(this.#casesSeen, caseIndex + 1)
    this.#totals[trial.outcome]++
    this.#counters(trial.outcome).increment(caseIndex)
    // An errored trial is missing data: what it scored before it broke is not a score.
    if (trial.outcome !== 'errored') this.#addScores(trial)
    this.#addCall(trial)
  }

  /** Scored trials of a case. */
  scored(caseIndex: number): number {
    return this.#passed.at(caseIndex) + this.failed.at(caseIndex)
  }

  finish(): ColumnAnalysis {
    const { passed, failed, errored } = this.#totals
    const indices = Array.from({ length: this.#casesSeen }, (_, i) => i)
    const scored = indices.map((i) => this.scored(i))
    const totals = caseTotals(
      indices.map((i) => this.#passed.at(i)),
      scored,
    )
    const cost = this.#priced ? this.#cost.value : 'unknown'
    return {
      prompt: this.prompt,
      provider: this.provider,
      cases: totals?.cases ?? 0,
      repeats: indices.reduce((most, i) => Math.max(most, (scored[i] as number) + this.#errored.at(i)), 0),
      cells: passed + failed + errored,
      passed,
      failed,
      errored,
      passRate: totals && totals.rate,
      interval: totals && wilson(totals.rate, effectiveSize(totals)),
      meanScore: this.#score.value,
      namedScores: this.#namedScores.means(),
      latencyMs: this.#latency.finish(),
      ttftMs: this.#ttft.finish(),
      costUsd: cost,
      costPer1000Usd: cost === 'unknown' || this.#replies === 0 ? 'unknown' : (cost / this.#replies) * 1000,
      tokens: { ...this.#tokens },
    }
  }

  /** What derived metrics are computed from: as in promptfoo, every finished cell counts. */
  totals(): NamedTotals {
    const { passed, failed, errored } = this.#totals
    return { sums: this.#namedScores.sums(), count: passed + failed + errored }
  }

  #counters(outcome: Trial['outcome']): Counters {
    if (outcome === 'passed') return this.#passed
    return outcome === 'failed' ? this.failed : this.#errored
  }

  #addScores(trial: Trial): void {
    if (trial.score !== null) this.#score.add(trial.score)
    this.#namedScores.add(trial.namedScores, trial.namedScoreWeights)
  }

  #addCall(trial: Trial): void {
    const last = trial.attempts.at(-1)
    const replied = last?.reply !== undefined
    if (replied) this.#replies++
    if (trial.costUsd !== 'unknown') this.#cost.add(trial.costUsd)
    // A call that failed, and a reply written in the suite, have no price to be missed.
    else if (replied) this.#priced = false
    if (trial.usage) {
      const { input, output, cacheRead = 0, cacheWrite = 0 } = trial.usage
      this.#tokens.input += input + cacheRead + cacheWrite
      this.#tokens.output += output
    }
    // A replayed reply carries the latency of another day.
    if (!replied || trial.response.cached === true) return
    this.#latency.add(trial.latencyMs, last.timing.trusted)
    this.#ttft.add(trial.ttftMs, last.timing.trusted)
  }
}
