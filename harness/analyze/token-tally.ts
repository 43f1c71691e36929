import type { TokenTotals } from '../model/analysis.ts'
import type { AttemptRecord } from '../model/trial.ts'
import type { Usage } from '../model/usage.ts'

/** Adds up the tokens of calls by class. */
export class TokenTally {
  readonly #sums = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0 }
  #estimated = false
  #uncounted = 0

  add({ reply, usage }: Pick<AttemptRecord, 'reply' | 'usage'>): void {
    if (usage !== undefined) this.#addUsage(usage)
    // A reply out of the provider's own cache took none, and a call that failed need not have taken any.
    else if (reply !== undefined && reply.cached !== true) this.#uncounted++
  }

  addTotals(totals: TokenTotals): void {
    this.#addUsage(totals)
    this.#uncounted += totals.uncounted ?? 0
  }

  finish(): TokenTotals {
    const { input, output, cacheRead, cacheWrite, cacheWrite1h } = this.#sums
    return {
      input,
      output,
      ...(cacheRead > 0 && { cacheRead }),
      ...(cacheWrite > 0 && { cacheWrite }),
      ...(cacheWrite1h > 0 && { cacheWrite1h }),
      ...(this.#estimated && { estimated: true }),
      ...(this.#uncounted > 0 && { uncounted: this.#uncounted }),
    }
  }

  #addUsage({
    input,
    output,
    cacheRead = 0,
    cacheWrite = 0,
    cacheWrite1h = 0,
    estimated = false,
  }: Usage): void {
    this.#sums.input += input
    this.#sums.output += output
    this.#sums.cacheRead += cacheRead
    this.#sums.cacheWrite += cacheWrite
    this.#sums.cacheWrite1h += cacheWrite1h
    this.#estimated ||= estimated
  }
}
