import { commandFor, typedPath } from '../reports/format/resume-command.ts'
import { INTERRUPTED } from './exit-code.ts'
import type { Io } from './io.ts'

/** How long calls in flight may take after the first Ctrl-C, in milliseconds, unless `ASSAY_GRACE_MS` says otherwise. */
const GRACE_MS = 30_000

interface Interrupts {
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  /** Told of the run folder, so that one that is left in haste can be named. */
  readonly onFolder: (dir: string) => void
  /** Gives the signals back. */
  readonly forget: () => void
}

/**
 * Ctrl-C, up to three times: the first stops starting new cells and lets those in flight finish within a grace time, the
 * second aborts them, as the end of that time does, the third leaves at once, whatever hangs. SIGTERM counts as one.
 */
export function listenForInterrupts(io: Io): Interrupts {
  const stop = new AbortController()
  const abort = new AbortController()
  const graceMs = graceOf(io.env['ASSAY_GRACE_MS'])
  let grace: NodeJS.Timeout | undefined
  let folder: string | undefined
  const abortCalls = (why: string): void => {
    clearTimeout(grace)
    io.err(`\n${why}aborting the calls in flight; press Ctrl-C again to leave at once\n`)
    abort.abort()
  }
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      const within = `${graceMs / 1000} s`
      io.err('\nstopping: calls in flight are finished and recorded')
      io.err(` within ${within}; press Ctrl-C again to abort them\n`)
      grace = setTimeout(() => abortCalls(`${within} are over: `), graceMs)
      stop.abort()
    } else if (!abort.signal.aborted) abortCalls('')
    else {
      if (folder !== undefined) io.err(`\nfinish the run: ${commandFor(typedPath(folder, io.cwd))}\n`)
      process.exit(INTERRUPTED)
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    stop: stop.signal,
    abort: abort.signal,
    onFolder(dir) {
      folder = dir
    },
    forget() {
      clearTimeout(grace)
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}

function graceOf(written: string | undefined): number {
  const ms = Number(written)
  return ms > 0 ? ms : GRACE_MS
}
