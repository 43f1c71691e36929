import type { AccountSkew } from '../model/run.ts'

interface Called {
  readonly startedAt: Date
  endedAt: Date
  calls: number
}

/** Counts the calls of each account, and notes when it was first called and when it last answered. */
export class AccountTally {
  readonly #wallClock: () => Date
  readonly #accounts = new Map<string, Called>()

  constructor(wallClock: () => Date) {
    this.#wallClock = wallClock
  }

  started(account: string): void {
    const at = this.#wallClock()
    const called = this.#accounts.get(account) ?? { startedAt: at, endedAt: at, calls: 0 }
    called.calls++
    this.#accounts.set(account, called)
  }

  /** Nothing for an account that was never called: its replies were replayed. */
  ended(account: string): void {
    const called = this.#accounts.get(account)
    if (called !== undefined) called.endedAt = this.#wallClock()
  }

  get accounts(): AccountSkew[] {
    return Array.from(this.#accounts, ([account, { startedAt, endedAt, calls }]) => ({
      account,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      calls,
    }))
  }
}
