import { setTimeout as sleep } from 'node:timers/promises'
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'

/** How long a call is to take, in milliseconds. */
export interface Pace {
  readonly ttftMs: number
  readonly restMs: number
}

/** Draws a log-normal time to the first token and time per token after it. */
export function drawPace(profile: Profile, tokens: number, timeScale: number, random: Random): Pace {
  const ttftMs = profile.ttftMs * Math.exp(profile.ttftSpread * random.normal())
  const perTokenMs = profile.perTokenMs * Math.exp(profile.perTokenSpread * random.normal())
  return { ttftMs: ttftMs * timeScale, restMs: perTokenMs * Math.max(0, tokens - 1) * timeScale }
}

/** Really waits, at the event loop's resolution of one millisecond. Rejects once the signal aborts. */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  if (ms < 0.5) return
  await sleep(ms, undefined, signal === undefined ? {} : { signal })
}
