import type { Spent } from '../model/spent.ts'
import type { Call } from '../model/trial.ts'
import { totalTokens } from '../model/usage.ts'

/** Adds up what calls took. A replayed one took nothing. */
export class SpentTally {
  readonly #spent: { usd: number; tokens: number; calls: number }

  constructor(before: Spent = { usd: 0, tokens: 0, calls: 0 }) {
    this.#spent = { ...before }
  }

  add({ replayed, result: { costUsd, usage } }: Call): void {
    if (replayed === true) return
    this.#spent.calls++
    if (costUsd !== 'unknown') this.#spent.usd += costUsd
    if (usage !== undefined) this.#spent.tokens += totalTokens(usage)
  }

  get total(): Spent {
    return { ...this.#spent }
  }
}
