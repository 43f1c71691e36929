import type { Spent } from '../../model/spent.ts'
import type { Timers } from '../timers.ts'
import type { Estimate } from './estimates.ts'
import type { Asked, Refusal, Reservation, Waiting } from './leave.ts'
import type { Fit } from './pot.ts'
import { Pot } from './pot.ts'
import type { Reached } from './reached.ts'
import { priceless, usedUp } from './reached.ts'

const MS_PER_MINUTE = 60_000

/** What a run may take; an absent limit is none. */
export interface BudgetLimits {
  readonly usd?: number | undefined
  readonly tokens?: number | undefined
  /** From the start of this session: a resumed run has them anew. */
  readonly minutes?: number | undefined
  /** Tries of models and graders, failed ones included. */
  readonly calls?: number | undefined
}

interface BudgetOptions {
  readonly limits: BudgetLimits
  readonly timers: Timers
  /** Told once, of the first call that was refused or the end of the minutes: no more cells need be started. What is in flight is finished. */
  readonly onReached?: ((reached: Reached) => void) | undefined
}

/**
 * The budget of a run: models and graders, first tries and all others. Every call asks before it is made, and what it may take is
 * set aside until it has ended. A call that does not fit waits while calls in flight may yet leave room for it, and is
 * refused when they cannot; a smaller one may still fit after it.
 */
export class Budget {
  readonly #usd: Pot
  readonly #tokens: Pot
  readonly #calls: Pot
  readonly #minutes: number
  readonly #limits: BudgetLimits
  readonly #startedAt: number
  readonly #now: () => number
  readonly #onReached: (reached: Reached) => void
  readonly #forgetEnd: () => void
  /** Calls in flight by provider. */
  readonly #inFlight = new Map<string, number>()
  /** Providers whose reply told no cost, and that have no price. */
  readonly #priceless = new Map<string, Reached>()
  #waiting: Waiting[] = []
  #reached: Reached | undefined
  #stopped = false

  constructor({ limits, timers, onReached = () => {} }: BudgetOptions) {
    this.#limits = limits
    this.#usd = new Pot(limits.usd)
    this.#tokens = new Pot(limits.tokens)
    this.#calls = new Pot(limits.calls)
    this.#minutes = limits.minutes ?? Number.POSITIVE_INFINITY
    this.#now = () => timers.now()
    this.#startedAt = timers.now()
    this.#onReached = onReached
    // All calls may be waiting when the time is over, for an account that is throttled or down.
    this.#forgetEnd =
      limits.minutes === undefined
        ? () => {}
        : timers.after(limits.minutes * MS_PER_MINUTE, () => this.#timeOver())
  }

  /** The limit that was reached first; undefined while none was. */
  get reached(): Reached | undefined {
    return this.#reached
  }

  get spent(): Spent {
    return { usd: this.#usd.spent, tokens: this.#tokens.spent, calls: this.#calls.spent }
  }

  /** Counts what earlier sessions of the run spent. */
  add({ usd, tokens, calls }: Spent): void {
    this.#usd.spend(usd)
    this.#tokens.spend(tokens)
    this.#calls.spend(calls)
  }

  /**
   * Leave for a call of the provider, at once where it fits. `estimateNow` is asked again after a wait: by then more is known.
   */
  reserve(
    provider: string,
    estimateNow: () => Estimate,
  ): Reservation | Refusal | Promise<Reservation | Refusal> {
    const asked = { provider, estimateNow }
    const answer = this.#answer(asked)
    if (answer !== undefined) return answer
    const since = this.#now()
    return new Promise((resolve) => this.#waiting.push({ ...asked, since, resolve }))
  }

  /** Nobody waits any more, and no timer keeps the process alive. */
  stop(): void {
    this.#forgetEnd()
    this.#stopped = true
    this.#wake()
  }

  /** Undefined for a call that has to wait. */
  #answer({ provider, estimateNow, since }: Asked): Reservation | Refusal | undefined {
    const estimate = estimateNow()
    const hindrance = this.#hindrance(provider, estimate)
    if (hindrance !== undefined) {
      this.#reach(hindrance)
      return { refused: 'budget', message: hindrance.message }
    }
    if (this.#fit(provider, estimate) === 'now') return this.#grant(provider, estimate, since)
    if (!this.#stopped) return undefined
    const { reached } = this
    return reached === undefined
      ? { refused: 'stopped', message: 'the run was stopped' }
      : { refused: 'budget', message: reached.message }
  }

  #reach(reached: Reached): void {
    if (this.#reached !== undefined) return
    this.#reached = reached
    this.#onReached(reached)
  }

  #timeOver(): void {
    this.#reach(this.#minutesUsedUp(this.#minutes))
  }

  #minutesUsedUp(spent: number): Reached {
    return usedUp('minutes', { limit: this.#minutes, spent })
  }

  /** What keeps a call from ever being made. */
  #hindrance(provider: string, estimate: Estimate): Reached | undefined {
    const minutes = (this.#now() - this.#startedAt) / MS_PER_MINUTE
    if (minutes >= this.#minutes) return this.#minutesUsedUp(minutes)
    if (this.#calls.fit(1) === 'never') return usedUp('calls', this.#calls)
    const { tokens } = estimate
    if (this.#tokens.fit(tokens) === 'never') return usedUp('tokens', this.#tokens, tokens, estimate)
    const usd = this.#usdOf(estimate)
    if (this.#usd.fit(usd) === 'never') return usedUp('usd', this.#usd, usd, estimate)
    return this.#priceless.get(provider)
  }

  #fit(provider: string, estimate: Estimate): Fit {
    const { usd, tokens } = this.#limits
    const isMeasured = usd !== undefined || tokens !== undefined
    // While nothing is known of a provider, one call of it finds out.
    if (isMeasured && estimate.isGuess && (this.#inFlight.get(provider) ?? 0) > 0) return 'later'
    if (this.#tokens.fit(estimate.tokens) === 'later') return 'later'
    return this.#usd.fit(this.#usdOf(estimate))
  }

  #grant(provider: string, estimate: Estimate, since: number | undefined): Reservation {
    const mostUsd = this.#usdOf(estimate) * estimate.spread
    const mostTokens = estimate.tokens * estimate.spread
    this.#usd.hold(mostUsd)
    this.#tokens.hold(mostTokens)
    this.#calls.spend(1)
    this.#inFlight.set(provider, (this.#inFlight.get(provider) ?? 0) + 1)
    return {
      estimate,
      waitedMs: since === undefined ? 0 : this.#now() - since,
      settle: ({ tokens, costUsd }, answered) => {
        this.#inFlight.set(provider, (this.#inFlight.get(provider) ?? 1) - 1)
        this.#tokens.settle(mostTokens, tokens)
        this.#usd.settle(mostUsd, costUsd === 'unknown' ? 0 : costUsd)
        if (costUsd === 'unknown' && answered) this.#markPriceless(provider)
        this.#wake()
      },
    }
  }

  /** A call of unknown cost is taken for one like the others: of a run that is resumed, like those before. */
  #usdOf({ costUsd }: Estimate): number {
    if (costUsd !== 'unknown') return costUsd
    return this.#calls.spent === 0 ? 0 : this.#usd.spent / this.#calls.spent
  }

  #markPriceless(provider: string): void {
    const { usd } = this.#limits
    if (usd === undefined || this.#priceless.has(provider)) return
    this.#priceless.set(provider, priceless(usd, this.#usd.spent, provider))
  }

  #wake(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const each of waiting) {
      const answer = this.#answer(each)
      if (answer === undefined) this.#waiting.push(each)
      else each.resolve(answer)
    }
  }
}
