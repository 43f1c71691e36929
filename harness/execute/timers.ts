/** Time as the engine sees it, so that a test may own it. */
export interface Timers {
  /** Milliseconds on a monotonic clock. */
  now(): number
  /** Calls `act` once, `ms` from now, or after 24 days; returns what forgets it. */
  after(ms: number, act: () => void): () => void
}

/** What setTimeout can count to: beyond, it would fire at once. */
const LONGEST_MS = 2 ** 31 - 1

/** The process's own timers, on the given clock. */
export function realTimers(now: () => number): Timers {
  return {
    now,
    after(ms, act) {
      const timer = setTimeout(act, Math.min(ms, LONGEST_MS))
      return () => clearTimeout(timer)
    },
  }
}
