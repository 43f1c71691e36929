import { resolve } from 'node:path'
import { ownRun } from '../../harness/baseline/own-columns.ts'
import type { Run } from '../../harness/model/run.ts'
import type { ComparisonOptions, RunOptions } from '../../harness/model/run-options.ts'
import { openRun } from '../../harness/record/open-run.ts'
import { StoredReplies } from '../../harness/record/stored-replies.ts'
import { run } from '../../harness/run.ts'
import { loadEnvFiles } from '../env-file.ts'
import { concludeRuns, showRun } from '../finish-run.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { parseReporters, reportsToShow } from '../reporters.ts'
import { watchRun } from '../watch-run.ts'
import { realWorld } from '../world.ts'

interface VerifyOptions {
  readonly out?: string
  readonly reporter: readonly string[]
  readonly json: boolean
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
}

/**
 * `assay verify RUN`: the suite as it stands now, on the replies of a recorded run. The result is a run folder of its
 * own; the recorded one stays as it is.
 */
export async function verifyCommand(io: Io, name: string, options: VerifyOptions): Promise<number> {
  loadEnvFiles(io, options.envFile)
  const { out, allowOutside, json } = options
  const reporters = parseReporters(options.reporter, io.cwd)
  const warn = (message: string): void => io.err(`warning: ${message}\n`)
  const recorded = await openRun(name, io.cwd, warn)
  const { dir, manifest } = recorded
  const replies = await StoredReplies.open(dir, { onWarning: warn })
  const interrupts = listenForInterrupts(io)
  try {
    const world = realWorld(io, interrupts)
    const watch = watchRun(io, world.clock.now)
    const { planned, beside = 0 } = manifest.cells
    const cellIds = beside === 0 ? replies.cellIds : await ownCells(recorded)
    const absent = Math.max(0, planned - beside - cellIds.size)
    const request = {
      suite: resolve(recordedBase(manifest.suite.file, dir, io.cwd) ?? io.cwd, manifest.suite.file),
      selection: { cellIds, repeat: manifest.repeat },
      out,
      allowOutside,
      command: ['assay', ...process.argv.slice(2)],
      comparison: comparedAs(manifest.options),
      record: { id: manifest.id, replies, absent },
    }
    const result = await run(request, world, watch.events).finally(watch.stop)
    const lost = cellIds.size - (result.run.manifest.cells.planned - absent)
    if (lost > 0) warn(`${lost} stored replies belong to cells the suite no longer has: they were left out`)
    if (absent > 0) warn(`${absent} cells of that run have no reply on record: run the suite to get one`)
    await showRun(result, reportsToShow(reporters, json), io)
    return concludeRuns([result], { suites: 1, begun: 1, json }, io)
  } finally {
    interrupts.forget()
    await replies.close()
  }
}

/** The cells of a run's own columns: those of a baseline that was run beside them are no part of the suite. */
async function ownCells(run: Run): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for await (const { cell } of ownRun(run).trials()) ids.add(cell.id)
  return ids
}

/** With what the run was compared, as far as that takes no call. */
function comparedAs({ comparison = {} }: Partial<RunOptions> = {}): ComparisonOptions {
  const { rerunBaseline, settle, stopEarly, ...rest } = comparison
  void [rerunBaseline, settle, stopEarly]
  return rest
}
