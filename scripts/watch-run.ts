import type { RunEvents } from '../harness/run.ts'
import type { Io } from './io.ts'
import { describeSize } from './plan-size.ts'
import { relativePaths } from './relative-paths.ts'
import type { Progress, StatusLine } from './status-line.ts'
import { startStatusLine } from './status-line.ts'

/** Shows on stderr how a run goes: what it is about to do, one live status line, and warnings as they come. */
export function watchRun(
  io: Io,
  now: () => number,
): { readonly events: RunEvents; readonly stop: () => void } {
  const progress: Progress = { planned: 0, finished: 0, failed: 0, errored: 0, spentUsd: 0 }
  let line: StatusLine | undefined
  return {
    stop: () => line?.stop(),
    events: {
      onStart(plan, dir) {
        const { suite, size } = plan
        progress.planned = size.cells
        io.err(`${suite.name}: ${describeSize(plan)} → ${relativePaths(dir, io.cwd)}\n`)
        line = startStatusLine(io, suite.name, progress, now)
      },
      onTrial({ outcome, costUsd }) {
        progress.finished++
        if (outcome === 'failed') progress.failed++
        if (outcome === 'errored') progress.errored++
        if (costUsd !== 'unknown') progress.spentUsd += costUsd
      },
      onWarning(message) {
        line?.clear()
        io.err(`warning: ${relativePaths(message, io.cwd)}\n`)
      },
    },
  }
}
