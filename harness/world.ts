import type { Builtin } from './model/builtin.ts'
import type { Conceal } from './record/known-secrets.ts'

/** What the harness takes from outside: it reads no clock, no environment and no randomness of its own. */
export interface World {
  readonly cwd: string
  /** The environment, `.env` files included. */
  readonly env: Record<string, string | undefined>
  /** Where assay keeps what may be lost. */
  readonly cacheDir: string
  /** `now`: milliseconds on a monotonic clock. */
  readonly clock: { readonly now: () => number; readonly wallClock: () => Date }
  /** Numbers in [0, 1), for run ids. */
  readonly random: () => number
  /** The providers that come with assay; without them every id is promptfoo's. */
  readonly builtin?: Builtin | undefined
  /** Told what must not be printed, as it becomes known. */
  readonly conceal?: Conceal | undefined
  /** How long user code may block the event loop, in milliseconds, instead of the watchdog's own limit. */
  readonly watchdogMs?: number | undefined
  /** Once aborted no new cell is started; those that were are finished. */
  readonly stop?: AbortSignal | undefined
  /** Once aborted the calls in flight are aborted too. */
  readonly abort?: AbortSignal | undefined
}
