import type { AccountSkew } from '../model/run.ts'
import type { Call } from '../model/trial.ts'

interface AccountTally {
  readonly startedAt: Date
  endedAt: Date
  calls: number
}

/** Counts the calls of a run, and when each account made its first and last. */
export class Tally {
  readonly #wallClock: () => Date
  readonly #accounts = new Map<string, AccountTally>()
  #made = 0
  #replayed = 0
  #retried = 0

  constructor(wallClock: () => Date) {
    this.#wallClock = wallClock
  }

  started(account: string): void {
    const at = this.#wallClock()
    const tally = this.#accounts.get(account) ?? { startedAt: at, endedAt: at, calls: 0 }
    tally.calls++
    this.#accounts.set(account, tally)
  }

  ended(account: string, { retry, replayed, result }: Call): void {
    if (replayed === true || result.reply?.cached === true) this.#replayed++
    else this.#made++
    if (retry !== undefined && retry > 0) this.#retried++
    const tally = this.#accounts.get(account)
    if (tally !== undefined) tally.endedAt = this.#wallClock()
  }

  get calls(): { made: number; replayed: number; retried: number } {
    return { made: this.#made, replayed: this.#replayed, retried: this.#retried }
  }

  get accounts(): AccountSkew[] {
    return [...this.#accounts].map(([account, { startedAt, endedAt, calls }]) => ({
      account,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      calls,
    }))
  }
}
