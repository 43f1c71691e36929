import type { RetrySettings } from '../../model/suite.ts'

/** When a failed call is tried again. Times in milliseconds. */
export interface RetryPolicy {
  /** Tries of one call, the first included. */
  readonly attempts: number
  readonly baseMs: number
  readonly maxMs: number
}

/** The longest timer Node keeps: a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** A suite's settings, with what holds where it says nothing. */
export function retryPolicy({ attempts = 5, baseMs = 500, maxMs = 30_000 }: RetrySettings = {}): RetryPolicy {
  return { attempts, baseMs, maxMs: Math.min(maxMs, MAX_TIMER_MS) }
}

/**
 * How many milliseconds to wait before a retry: a random part of `baseMs`, doubled with every failure, `maxMs` at most
 * ("full jitter", which needs the fewest calls and spreads them best: M. Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015). What the server asks for is the least that is waited; a little is added, so that all whom it
 * told the same moment do not come back in the same one.
 * @param failures how many tries have failed, from 1.
 * @param random a number in [0, 1).
 */
export function backoffMs(
  { baseMs, maxMs }: RetryPolicy,
  failures: number,
  random: number,
  retryAfterMs?: number,
): number {
  const jitter = random * Math.min(maxMs, baseMs * 2 ** (failures - 1))
  if (retryAfterMs === undefined) return jitter
  return Math.min(MAX_TIMER_MS, Math.max(jitter, retryAfterMs + random * Math.min(baseMs, maxMs)))
}
