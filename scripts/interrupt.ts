import { INTERRUPTED } from './exit-code.ts'
import type { Io } from './io.ts'

/**
 * Ctrl-C, up to three times: the first stops starting new cells and lets those in flight finish, the second aborts
 * them, the third leaves at once, whatever hangs. SIGTERM counts as one. `forget()` gives the signals back.
 */
export function listenForInterrupts(io: Io): { stop: AbortSignal; abort: AbortSignal; forget(): void } {
  const stop = new AbortController()
  const abort = new AbortController()
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      io.err('\nstopping: calls in flight are finished and recorded; press Ctrl-C again to abort them\n')
      stop.abort()
    } else if (!abort.signal.aborted) {
      io.err('\naborting the calls in flight; press Ctrl-C again to leave at once\n')
      abort.abort()
    } else process.exit(INTERRUPTED)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    stop: stop.signal,
    abort: abort.signal,
    forget() {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
