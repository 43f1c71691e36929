import type { Io } from './io.ts'

/**
 * Ctrl-C, twice: the first stops starting new cells and lets those in flight finish, the second aborts them. SIGTERM
 * counts as the first. `forget()` gives the signals back.
 */
export function listenForInterrupts(io: Io): { stop: AbortSignal; abort: AbortSignal; forget(): void } {
  const stop = new AbortController()
  const abort = new AbortController()
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      io.err('\nstopping: calls in flight are finished and recorded; press Ctrl-C again to abort them\n')
      stop.abort()
    } else {
      io.err('\naborting the calls in flight\n')
      abort.abort()
    }
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
