import type { AccountState } from '../../model/account-state.ts'
import type { FailureKind } from '../../model/failure.ts'
import type { AccountLimit } from '../../model/suite.ts'
import type { Timers } from '../timers.ts'
import { AdaptiveLimit } from './adaptive-limit.ts'
import { Allowance } from './allowance.ts'
import { Fifo } from './fifo.ts'
import type { GivenUp } from './giving-up.ts'
import { Health } from './health.ts'
import { LearnedRate } from './learned-rate.ts'
import type { Need, Outcome, Permit, Refusal } from './permit.ts'
import { Suspects } from './suspects.ts'

/** Milliseconds an account may fail every call before it is given up. */
export const DEFAULT_OUTAGE_MS = 60_000

/** What setTimeout can count to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Failures that may be the account's: once it is given up they count as its absence. */
const OF_THE_ACCOUNT: ReadonlySet<FailureKind> = new Set([
  'throttled',
  'timeout',
  'unavailable',
  'auth',
  'credit',
])

const STOPPED: Refusal = { cause: 'stopped', message: 'the run was stopped before the call was made' }

export interface AccountLimiterOptions {
  readonly limit: AccountLimit
  readonly timers: Timers
  /** In [0, 1). */
  readonly random: () => number
  /**
   * Milliseconds an account may leave every call unanswered before it is given up; default 60,000. An account that only
   * throttles is given up after ten times as long without a single reply, never before.
   */
  readonly outageMs?: number | undefined
  /** Told once. */
  readonly onGivenUp?: ((why: GivenUp) => void) | undefined
  /** Told when calls are held back, and when one got through after that. */
  readonly onState?: ((state: AccountState) => void) | undefined
}

interface Waiter {
  readonly need: Need
  readonly since: number
  readonly admit: (admission: Permit | Refusal) => void
}

/** Says when calls of one provider account may be made. */
export class AccountLimiter {
  /** Most calls that will ever be in flight: so many cells must be at hand for the limit to be used. */
  readonly ceiling: number
  /** True when `Need.tokens` matters. */
  readonly countsTokens: boolean
  readonly #timers: Timers
  readonly #limit: AdaptiveLimit
  readonly #allowance: Allowance
  readonly #health: Health
  readonly #onGivenUp: (why: GivenUp) => void
  readonly #suspects = new Suspects()
  readonly #retries = new Fifo<Waiter>()
  readonly #fresh = new Fifo<Waiter>()
  /** What forgets the timers of the slots that stay taken. */
  readonly #delays = new Set<() => void>()
  #wake: (() => void) | undefined
  #inFlight = 0
  #isStopped = false
  #givenUp: GivenUp | undefined

  constructor(options: AccountLimiterOptions) {
    const { limit, timers, random, outageMs = DEFAULT_OUTAGE_MS } = options
    const { onGivenUp = () => {}, onState = () => {} } = options
    const learned = new LearnedRate()
    this.#timers = timers
    this.#onGivenUp = onGivenUp
    this.#limit = new AdaptiveLimit(limit.concurrency)
    this.#allowance = new Allowance(limit, learned, timers.now())
    this.#health = new Health({ limit: this.#limit, learned, outageMs, random, onState })
    this.ceiling = this.#limit.ceiling
    this.countsTokens = limit.tpm !== undefined
  }

  /** Resolves when the call may be made, or is known not to be. Once stopped, a call goes at once or not at all. */
  acquire(need: Need): Promise<Permit | Refusal> {
    if (this.#givenUp !== undefined) return Promise.resolve(this.#givenUp)
    const now = this.#timers.now()
    if (this.#next() === undefined && this.#startsAt(need, now) <= now) {
      return Promise.resolve(this.#start(need, now, now))
    }
    if (this.#isStopped) return Promise.resolve(STOPPED)
    return new Promise((admit) => {
      const queue = need.isRetry ? this.#retries : this.#fresh
      const waiter = { need, since: now, admit }
      queue.push(waiter)
      if (this.#next() === waiter) this.#pump(now)
    })
  }

  /** Nothing waits any more, and no timer keeps the process alive. */
  stop(): void {
    this.#isStopped = true
    this.#refuseAll(STOPPED)
    for (const forget of this.#delays) forget()
    this.#inFlight -= this.#delays.size
    this.#delays.clear()
    this.#suspects.release(undefined)
  }

  #next(): Waiter | undefined {
    return this.#retries.first ?? this.#fresh.first
  }

  /** When a call may be made, as far as is known now; infinite when that depends on those in flight. */
  #startsAt({ tokens }: Need, now: number): number {
    if (this.#inFlight >= this.#limit.value) return Number.POSITIVE_INFINITY
    const at = this.#health.nextAt(now)
    return at > now ? at : now + this.#allowance.waitMs(tokens, now)
  }

  #start(need: Need, since: number, now: number): Permit {
    this.#inFlight++
    this.#health.leave(now)
    this.#allowance.leave(need.tokens, now)
    let isSettled = false
    return {
      queuedMs: now - since,
      settle: (outcome, delayMs = 0) => {
        if (isSettled) return undefined
        isSettled = true
        return this.#settle(outcome, need, now, delayMs)
      },
    }
  }

  #settle(
    outcome: Outcome,
    need: Need,
    leftAt: number,
    delayMs: number,
  ): GivenUp | undefined | Promise<GivenUp | undefined> {
    const verdict = this.#judge(outcome, need, leftAt, this.#timers.now())
    if (delayMs > 0 && !this.#isStopped) this.#freeLater(delayMs)
    else this.#free()
    return verdict
  }

  #judge(
    outcome: Outcome,
    need: Need,
    leftAt: number,
    now: number,
  ): GivenUp | undefined | Promise<GivenUp | undefined> {
    if (outcome.kind === 'none') {
      this.#allowance.cancel(leftAt, need.tokens)
      this.#health.untold(leftAt)
      return undefined
    }
    if (outcome.kind === 'reply') {
      this.#allowance.used(outcome.tokens ?? need.tokens, need.tokens)
      this.#limit.passed(leftAt, this.#inFlight >= this.#limit.value, need.isRetry)
      this.#health.replied(leftAt, now)
      this.#suspects.release(undefined)
      return undefined
    }
    const { failure, tokens = failure.kind === 'throttled' ? 0 : need.tokens } = outcome
    this.#allowance.used(tokens, need.tokens)
    const why = this.#health.failed(failure, leftAt, now)
    if (why !== undefined) this.#giveUp(why)
    if (this.#givenUp !== undefined) return OF_THE_ACCOUNT.has(failure.kind) ? this.#givenUp : undefined
    return failure.kind === 'auth' ? this.#suspects.hold() : undefined
  }

  #giveUp(why: GivenUp): void {
    if (this.#givenUp !== undefined) return
    this.#givenUp = why
    this.#refuseAll(why)
    this.#suspects.release(why)
    this.#onGivenUp(why)
  }

  #free(): void {
    this.#inFlight--
    this.#pump(this.#timers.now())
    if (this.#inFlight === 0 && this.#next() === undefined) this.#suspects.release(undefined)
  }

  #freeLater(delayMs: number): void {
    const forget = this.#timers.after(delayMs, () => {
      this.#delays.delete(forget)
      this.#free()
    })
    this.#delays.add(forget)
  }

  /** Starts whatever may start, and sees to it that the next is looked at in time. */
  #pump(now: number): void {
    this.#wake?.()
    this.#wake = undefined
    for (let waiter = this.#next(); waiter !== undefined; waiter = this.#next()) {
      const at = this.#startsAt(waiter.need, now)
      if (at > now) {
        if (at < Number.POSITIVE_INFINITY) this.#wakeAt(at, now)
        return
      }
      this.#shift()
      waiter.admit(this.#start(waiter.need, waiter.since, now))
    }
  }

  #wakeAt(at: number, now: number): void {
    // Timers count whole milliseconds, and may fire a fraction early.
    const ms = Math.min(LONGEST_TIMER_MS, Math.max(1, Math.ceil(at - now)))
    this.#wake = this.#timers.after(ms, () => this.#pump(this.#timers.now()))
  }

  #shift(): void {
    const queue = this.#retries.first === undefined ? this.#fresh : this.#retries
    queue.shift()
  }

  #refuseAll(refusal: Refusal): void {
    this.#wake?.()
    this.#wake = undefined
    for (let waiter = this.#next(); waiter !== undefined; waiter = this.#next()) {
      this.#shift()
      waiter.admit(refusal)
    }
  }
}
