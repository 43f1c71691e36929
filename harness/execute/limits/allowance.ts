import type { AccountLimit } from '../../model/suite.ts'
import type { LearnedRate } from './learned-rate.ts'
import type { TokenBucket } from './token-bucket.ts'
import { requestBucket, usageBucket } from './token-bucket.ts'

/** What an account may be asked per minute: requests and tokens as written, and the rate that was learned. */
export class Allowance {
  readonly #requests: TokenBucket | undefined
  readonly #tokens: TokenBucket | undefined
  readonly #learned: LearnedRate

  /** `now`: milliseconds on a monotonic clock, here and below. */
  constructor({ rpm, tpm }: AccountLimit, learned: LearnedRate, now: number) {
    this.#requests = rpm === undefined ? undefined : requestBucket(rpm, now)
    this.#tokens = tpm === undefined ? undefined : usageBucket(tpm, now)
    this.#learned = learned
  }

  /** Milliseconds until a call of so many tokens may leave. */
  waitMs(tokens: number, now: number): number {
    return Math.max(
      this.#learned.waitMs(now),
      this.#requests?.waitMs(1, now) ?? 0,
      this.#tokens?.waitMs(tokens, now) ?? 0,
    )
  }

  /** A call leaves; `tokens` are set aside for it. */
  leave(tokens: number, now: number): void {
    this.#learned.left(now)
    this.#requests?.take(1, now)
    this.#tokens?.take(tokens, now)
  }

  /** The call used other than was set aside. */
  used(tokens: number, setAside: number): void {
    this.#tokens?.giveBack(setAside - tokens)
  }

  /** The call that left at `leftAt` never reached the account. */
  cancel(leftAt: number, setAside: number): void {
    this.#learned.discount(leftAt)
    this.#requests?.giveBack(1)
    this.#tokens?.giveBack(setAside)
  }
}
