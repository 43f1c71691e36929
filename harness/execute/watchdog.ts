import { url as inspectorUrl } from 'node:inspector'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { Pulse, type WatchdogData } from './watchdog-pulse.ts'

/** Watches that user code (providers, assertions, transforms, hooks) leaves the event loop alive. */
export interface Watchdog {
  /**
   * Says what code is about to run ("checking case c-17 with assertions/x.ts"); the returned function says that it is
   * done. Costs well under a microsecond. A mark that stays over an `await` may be named for what another one does.
   */
  enter(name: string): () => void
  stop(): void
}

export interface WatchdogOptions {
  /** How long the event loop may stand still, in milliseconds. Default 30 s. */
  readonly limitMs?: number | undefined
}

const NO_WATCHDOG: Watchdog = { enter: () => () => undefined, stop: () => undefined }

/**
 * Starts a thread that ends the process when its event loop has stood still for too long, be it in a loop or in a
 * regular expression that backtracks. It names the file and line on stderr and makes the exit code 3; a process stuck
 * outside JavaScript can only be killed (137). It flushes nothing: what the journal has acknowledged is on disk.
 */
export function startWatchdog({ limitMs = 30_000 }: WatchdogOptions = {}): Watchdog {
  // Under a debugger a breakpoint is no hang.
  if (inspectorUrl() !== undefined) return NO_WATCHDOG

  const pulse = new Pulse()
  const tickMs = Math.min(1000, Math.max(10, Math.round(limitMs / 10)))
  const worker = startWorker({ memory: pulse.memory, limitMs, tickMs, cwd: process.cwd() })
  const timer = setInterval(() => pulse.beat(), tickMs / 2).unref()

  const running: string[] = []
  return {
    enter(name) {
      running.push(name)
      pulse.name(name)
      return () => {
        // Nearly always the last one; others were left standing by code that awaits.
        running.splice(running.lastIndexOf(name), 1)
        pulse.name(running.at(-1) ?? '')
      }
    },
    stop() {
      clearInterval(timer)
      void worker.terminate()
    },
  }
}

function startWorker(workerData: WatchdogData): Worker {
  // .ts in a checkout, .js in the package.
  const file = new URL(`./watchdog-worker${path.extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(file, { workerData, execArgv: [] })
  worker.unref()
  // A run without its watchdog is better than none.
  worker.on('error', () => undefined)
  return worker
}
