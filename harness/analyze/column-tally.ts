import type { ColumnAnalysis } from '../model/analysis.ts'
import type { Trial } from '../model/trial.ts'
import type { NamedTotals } from '../verify/derived-metrics.ts'
import { CostTally, isPriceless } from './cost-tally.ts'
import { FeedbackTally } from './feedback-tally.ts'
import { LatencyTally } from './latency-tally.ts'
import { MeasuresTally } from './measures/measures-tally.ts'
import { OutcomeTally } from './outcome-tally.ts'
import { TokenTally } from './token-tally.ts'

/** The running figures of one column. Their final values do not depend on the order of the trials. */
export class ColumnTally {
  readonly prompt: string
  readonly provider: string
  readonly #outcomes = new OutcomeTally()
  readonly #feedback = new FeedbackTally()
  readonly #latency = new LatencyTally()
  readonly #ttft = new LatencyTally()
  readonly #cost = new CostTally()
  readonly #tokens = new TokenTally()
  readonly #measures: MeasuresTally
  #replies = 0
  #replayed = 0
  #refused = 0

  constructor(prompt: string, provider: string, cluster?: string) {
    this.#measures = new MeasuresTally(cluster)
    this.prompt = prompt
    this.provider = provider
  }

  add(trial: Trial, caseIndex: number): void {
    this.#outcomes.add(trial, caseIndex)
    this.#feedback.add(trial, caseIndex)
    this.#measures.add(trial)
    this.#addCost(trial)
    this.#addLatency(trial)
    if (isRefused(trial)) this.#refused++
  }

  /** Failed trials of a case. */
  failed(caseIndex: number): number {
    return this.#outcomes.failed(caseIndex)
  }

  /** Scored trials of a case. */
  scored(caseIndex: number): number {
    return this.#outcomes.scored(caseIndex)
  }

  finish(): ColumnAnalysis {
    const { passed, failed, errored, ...rates } = this.#outcomes.finish()
    const cost = this.#cost.value
    const measures = this.#measures.finish()
    return {
      prompt: this.prompt,
      provider: this.provider,
      ...this.#outcomes.size(),
      cells: passed + failed + errored,
      passed,
      failed,
      errored,
      ...(this.#replayed > 0 && { replayed: this.#replayed }),
      refused: this.#refused,
      ...rates,
      ...(measures.length > 0 && { measures }),
      ...this.#feedback.finish(),
      latencyMs: this.#latency.finish(),
      ttftMs: this.#ttft.finish(),
      costUsd: cost,
      costPer1000Usd: cost === 'unknown' || this.#replies === 0 ? 'unknown' : (cost / this.#replies) * 1000,
      tokens: this.#tokens.finish(),
    }
  }

  /** What derived metrics are computed from. */
  totals(): NamedTotals {
    return this.#outcomes.namedTotals()
  }

  #addCost({ attempts, costUsd }: Trial): void {
    if (attempts.at(-1)?.reply !== undefined) this.#replies++
    if (costUsd !== 'unknown' || attempts.some(isPriceless)) this.#cost.add(costUsd)
    for (const attempt of attempts) this.#tokens.add(attempt)
  }

  /** Of the first round's reply: the prompts of later ones are longer, and which cells have them depends on the checks. */
  #addLatency(trial: Trial): void {
    const { attempts, response } = trial
    const first = attempts.find(({ attempt = 0, reply }) => attempt === 0 && reply !== undefined)
    if (first === undefined) return
    const isLast = first === attempts.at(-1)
    // A replayed reply carries the latency of another day.
    if (first.reply?.cached === true || (isLast && response.cached === true)) {
      this.#replayed++
      return
    }
    const { latencyMs, ttftMs = null } = isLast ? trial : first.timing
    this.#latency.add(latencyMs, first.timing.trusted)
    this.#ttft.add(ttftMs, first.timing.trusted)
  }
}

/** Refused by the model, which says so in its reply, or by a filter that lets no reply through. */
function isRefused({ attempts, response }: Trial): boolean {
  return response.isRefusal === true || attempts.at(-1)?.failure?.kind === 'refused'
}
