/** Time as the engine sees it, so that a test may own it. */
export interface Timers {
  /** Milliseconds on a monotonic clock. */
  now(): number
  /** Calls `act` once, `ms` from now; returns what forgets it. */
  after(ms: number, act: () => void): () => void
}

/** The process's own timers, on the given clock. */
export function realTimers(now: () => number): Timers {
  return {
    now,
    after(ms, act) {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  }
}
