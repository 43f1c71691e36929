import { Futility } from './futility.ts'
import { RecentCounts } from './recent-counts.ts'
import { burstOf, TokenBucket } from './token-bucket.ts'

const MINUTE = 60_000

/** The part of what was let through that is asked for from then on. */
const BELOW = 0.95

/** A pace is not lowered further than to this part of where it was, until it has held: throttles may have another reason. */
const LOWEST_PART = 1 / 16

/** Calls that must have been let through for their number to be a limit. */
const FEWEST = 10

/** A limit by the minute is over in one, and what tries whether it is comes up to 15 s late: longer, it was another. */
const LONGEST_DRY = 1.5 * MINUTE

const FIRST_STEP = 0.01
const LONGEST_HOLD = 5 * MINUTE

interface Dry {
  readonly at: number
  /** Calls let through between the last time it was dry and this one, of the last minute. */
  passed: number
}

/**
 * Learns how many calls a minute an account lets through, from those that were and were not. An account is dry from a throttle
 * until it lets a call through again. What it let through in the minute before that is its limit, whether it counts in fixed
 * windows or sliding ones; after a long dry spell, what it let through from the one before. The pace is then kept a little
 * below. When it has held for two minutes (longer after a long dry spell) it is raised, by 1 % a minute, 2 %, 4 %…, while it
 * is what holds calls back. A figure measured over less than a minute is trusted for as long as it was measured.
 * Until the first throttle there is no pace. All times are milliseconds on a monotonic clock.
 */
export class LearnedRate {
  readonly #calls = new RecentCounts()
  #startedAt: number | undefined
  #passedSince = 0
  #dry: Dry | undefined
  #bucket: TokenBucket | undefined
  /** Requests a minute, while there is a bucket. */
  #pace = Number.POSITIVE_INFINITY
  /** The pace when it last held. */
  #highest: number | undefined
  #step = FIRST_STEP
  #trustMs = 0
  #raiseAt = 0
  #hasHeldBack = false
  #futility: Futility | undefined
  /** Until then no pace is learned: the last one was in vain. */
  #uselessUntil = 0

  /** Milliseconds until another call may leave. */
  waitMs(now: number): number {
    if (this.#bucket === undefined) return 0
    if (now >= this.#raiseAt) this.#raise(this.#bucket, now)
    const wait = this.#bucket.waitMs(1, now)
    this.#hasHeldBack ||= wait > 0
    return wait
  }

  /** A call leaves: it counts as let through until it proves throttled. */
  left(now: number): void {
    this.#startedAt ??= now
    this.#calls.add(now, 1)
    this.#bucket?.take(1, now)
    this.#futility?.left()
  }

  /** The call that left at `leftAt` was not let through, or never reached the account. */
  discount(leftAt: number): void {
    this.#calls.add(leftAt, -1)
    if (this.#dry !== undefined && leftAt >= this.#passedSince && leftAt <= this.#dry.at) this.#dry.passed--
  }

  /** A throttle: the account is dry, if it was not. To be told after `discount`. */
  throttled(now: number): void {
    if (this.#futility?.throttled(now) === true) this.#abandon(now)
    if (this.#dry !== undefined) return
    this.#dry = { at: now, passed: this.#calls.since(Math.max(this.#passedSince, now - MINUTE)) }
  }

  /** True when the pace has been kept for a while, so that a throttle now speaks of the pace. */
  isPaced(now: number): boolean {
    return this.#bucket !== undefined && now - this.#passedSince >= MINUTE / 6
  }

  /** True when going slower has proved to be in vain: throttles come whatever the pace. */
  isUseless(now: number): boolean {
    return now < this.#uselessUntil
  }

  /** Going slower may help after all. */
  reconsider(): void {
    this.#uselessUntil = 0
  }

  /** The call that left at `leftAt` was let through: the account is dry no more. */
  recovered(leftAt: number, now: number): void {
    const dry = this.#dry
    if (dry === undefined) return
    this.#dry = undefined
    this.#passedSince = leftAt
    const measuredMs = Math.min(MINUTE, leftAt - (this.#startedAt ?? leftAt))
    // The one that got through says no more than that.
    const lately = this.#calls.since(leftAt - MINUTE) - 1
    if (Math.max(lately, dry.passed) < FEWEST || leftAt - dry.at > LONGEST_DRY) return
    if (now < this.#uselessUntil) return
    const letThrough = Math.max((lately * MINUTE) / Math.max(1, measuredMs), dry.passed)
    this.#trustMs = Math.max(1000, measuredMs)
    this.#step = FIRST_STEP
    this.#raiseAt = now + Math.min(LONGEST_HOLD, 2 * this.#trustMs + 10 * (leftAt - dry.at))
    this.#lower(BELOW * letThrough, now)
  }

  #abandon(now: number): void {
    this.#bucket = undefined
    this.#futility = undefined
    this.#pace = Number.POSITIVE_INFINITY
    this.#highest = undefined
    this.#uselessUntil = now + LONGEST_HOLD
  }

  #lower(perMinute: number, now: number): void {
    // What was measured over less than a minute may be many times too high.
    if (this.#trustMs < MINUTE) return this.#keep(Math.min(this.#pace, perMinute), now)
    this.#highest ??= perMinute
    this.#keep(Math.max(this.#highest * LOWEST_PART, Math.min(this.#pace, perMinute)), now)
  }

  #raise(bucket: TokenBucket, now: number): void {
    this.#raiseAt = now + this.#trustMs
    if (this.#trustMs === MINUTE) this.#highest = this.#pace
    if (!this.#hasHeldBack) return
    this.#hasHeldBack = false
    this.#pace *= 1 + this.#step
    this.#step = Math.min(1, 2 * this.#step)
    bucket.setPace(this.#pace, burstOf(this.#pace), now)
  }

  #keep(perMinute: number, now: number): void {
    this.#pace = perMinute
    this.#hasHeldBack = false
    this.#futility ??= new Futility(now)
    if (this.#bucket === undefined) this.#bucket = new TokenBucket(perMinute, burstOf(perMinute), now)
    else this.#bucket.setPace(perMinute, burstOf(perMinute), now)
  }
}
