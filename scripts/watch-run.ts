import type { ChildName } from '../harness/model/run.ts'
import type { RunEvents } from '../harness/run-events.ts'
import { count, counted } from '../reports/format/figures.ts'
import type { Io } from './io.ts'
import { describeSize } from './plan-size.ts'
import { relativePaths } from './relative-paths.ts'
import type { Progress, StatusLine } from './status-line.ts'
import { startStatusLine } from './status-line.ts'

/** What columns are run again for. */
const PURPOSES: Readonly<Record<ChildName, string>> = {
  confirm: 'running cases that broke again, in both arms',
  'settle-1': 'inconclusive: adding repeats to both arms',
  'settle-2': 'still inconclusive: adding repeats to both arms',
  reverified: "checks have changed: checking the baseline's replies again",
}

interface Watch {
  readonly events: Required<RunEvents>
  readonly stop: () => void
  /** USD so far, of the calls whose price is known. */
  readonly spentUsd: () => number
}

/**
 * Shows on stderr how a run goes: what it is about to do, one live status line, and warnings as they come.
 * @param onFolder told of the run folder once it is there
 * @param announces false where what it is about to do is known
 */
export function watchRun(
  io: Io,
  now: () => number,
  onFolder: (dir: string) => void = () => {},
  announces = true,
): Watch {
  const progress: Progress = {
    planned: 0,
    finished: 0,
    failed: 0,
    errored: 0,
    withheld: 0,
    replayed: 0,
    retried: 0,
    spentUsd: 0,
    troubles: new Map(),
  }
  let line: StatusLine | undefined
  return {
    stop: () => line?.stop(),
    spentUsd: () => progress.spentUsd,
    events: {
      onStart(plan, dir, onRecord = 0) {
        const { suite, size } = plan
        progress.planned = size.cells
        progress.finished = onRecord
        onFolder(dir)
        const before = onRecord > 0 ? `, ${count(onRecord)} of ${count(size.cells)} on record` : ''
        if (announces)
          io.err(`${suite.name}: ${describeSize(plan)}${before} → ${relativePaths(dir, io.cwd)}\n`)
        line = startStatusLine(io, suite.name, progress, now)
      },
      onChild(name, { size }, onRecord = 0) {
        progress.planned += size.cells
        progress.finished += onRecord
        line?.clear()
        const before = onRecord > 0 ? `, ${count(onRecord)} on record` : ''
        io.err(`${PURPOSES[name]}: ${counted(size.cells, 'cell')}${before}\n`)
      },
      onTrial({ outcome, attempts }) {
        progress.finished++
        if (outcome === 'failed') progress.failed++
        if (outcome === 'errored') progress.errored++
        if (attempts.at(-1)?.reply?.cached === true) progress.replayed++
      },
      onCall({ retry = 0, result: { reply, costUsd } }) {
        if (retry > 0) progress.retried++
        // A recorded reply was paid for by another run.
        if (costUsd !== 'unknown' && reply?.cached !== true) progress.spentUsd += costUsd
      },
      onWithheld() {
        progress.withheld++
      },
      onAccount(account, state) {
        if (state.is === 'answering') progress.troubles.delete(account)
        else {
          const until = state.is === 'given_up' ? Infinity : now() + state.waitMs
          progress.troubles.set(account, { is: state.is, until })
        }
      },
      onWarning(message) {
        line?.clear()
        io.err(`warning: ${relativePaths(message, io.cwd)}\n`)
      },
    },
  }
}
