/** How a simulated account limits its callers. `admit` says whether a request that arrives at `now` is served. */
export interface Policy {
  admit(now: number): boolean
  /** A request that was served has been answered. */
  done?(): void
  /** Milliseconds until requests are served again, as a server would say. */
  retryAfterMs?(now: number): number
}

const MINUTE = 60_000

/** `rpm` requests in each minute, counted from `phaseMs` before the start. */
export function fixedWindow(rpm: number, phaseMs = 0): Policy {
  let [window, count] = [-1, 0]
  return {
    admit(now) {
      const current = Math.floor((now + phaseMs) / MINUTE)
      if (current !== window) [window, count] = [current, 0]
      if (count >= rpm) return false
      count++
      return true
    },
    retryAfterMs: (now) => MINUTE - ((now + phaseMs) % MINUTE),
  }
}

/** `rpm` requests in any minute. */
export function slidingWindow(rpm: number): Policy {
  const served: number[] = []
  let head = 0
  return {
    admit(now) {
      while ((served[head] ?? now) <= now - MINUTE) head++
      if (served.length - head >= rpm) return false
      served.push(now)
      return true
    },
    retryAfterMs: (now) => (served[head] ?? now) + MINUTE - now,
  }
}

/** A bucket that holds `burst` and is refilled at `rpm`. */
export function refilled(rpm: number, burst: number): Policy {
  let [level, at] = [burst, 0]
  return {
    admit(now) {
      level = Math.min(burst, level + ((now - at) * rpm) / MINUTE)
      at = now
      if (level < 1) return false
      level--
      return true
    },
  }
}

/** At most so many requests at once. */
export function atOnce(most: number): Policy {
  let inFlight = 0
  return {
    admit() {
      if (inFlight >= most) return false
      inFlight++
      return true
    },
    done() {
      inFlight--
    },
  }
}

/** Refuses a part of all requests, however few there are. */
export function unwilling(part: number, random: () => number): Policy {
  return { admit: () => random() >= part }
}
