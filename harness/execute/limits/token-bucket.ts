/** Lets through so much a minute, with a small burst. In any time t no more than the burst and t's share are taken. */
export class TokenBucket {
  #perMs: number
  #burst: number
  #level: number
  #at: number

  /** Starts full. `now`: milliseconds on a monotonic clock, here and below. */
  constructor(perMinute: number, burst: number, now: number) {
    this.#perMs = perMinute / 60_000
    this.#burst = burst
    this.#level = burst
    this.#at = now
  }

  /** Milliseconds until `amount` may be taken; 0 for at once. More than the bucket holds may go when it is full. */
  waitMs(amount: number, now: number): number {
    this.#refill(now)
    const missing = Math.min(amount, this.#burst) - this.#level
    // A sum of many small refills may fall short by less than any server can tell.
    return missing <= 1e-6 ? 0 : missing / this.#perMs
  }

  /** Takes `amount` whatever is there: what is missing is owed, and waited for by those that follow. */
  take(amount: number, now: number): void {
    this.#refill(now)
    this.#level -= amount
  }

  /** Corrects what was taken before: up when less was used, down (a negative amount) when more was. */
  giveBack(amount: number): void {
    this.#level = Math.min(this.#burst, this.#level + amount)
  }

  /** Changes the pace from now on; what is owed stays owed. */
  setPace(perMinute: number, burst: number, now: number): void {
    this.#refill(now)
    this.#perMs = perMinute / 60_000
    this.#burst = burst
    this.#level = Math.min(burst, this.#level)
  }

  #refill(now: number): void {
    this.#level = Math.min(this.#burst, this.#level + (now - this.#at) * this.#perMs)
    this.#at = now
  }
}

/**
 * The burst of a paced account: a call, and half a percent of a minute's worth, which makes up for timers that fire late.
 * At a pace of 98 % of R, R + 1 calls then take 60.9 s: no window of 60 s, fixed or sliding, sees more than R, even where the
 * way to the server varies by 0.9 s.
 */
export function burstOf(requestsPerMinute: number): number {
  return 1 + 0.005 * requestsPerMinute
}

/** A bucket that keeps a limit of `rpm` requests a minute. */
export function requestBucket(rpm: number, now: number): TokenBucket {
  return new TokenBucket(0.98 * rpm, burstOf(rpm), now)
}

/** A bucket that keeps a limit of `tpm` tokens a minute: the burst and a minute's refill stay under it. */
export function usageBucket(tpm: number, now: number): TokenBucket {
  return new TokenBucket(0.96 * tpm, 0.02 * tpm, now)
}
