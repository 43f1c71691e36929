import { resolve } from 'node:path'
import { openRun } from '../../harness/record/open-run.ts'
import { StoredReplies } from '../../harness/record/stored-replies.ts'
import { run } from '../../harness/run.ts'
import { loadEnvFiles } from '../env-file.ts'
import { concludeRuns, showRun } from '../finish-run.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { parseReporters } from '../reporters.ts'
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
  const { dir, manifest } = await openRun(name, io.cwd, warn)
  const replies = await StoredReplies.open(dir, { onWarning: warn })
  const interrupts = listenForInterrupts(io)
  try {
    const world = realWorld(io, interrupts)
    const watch = watchRun(io, world.clock.now)
    const { cellIds } = replies
    const absent = Math.max(0, manifest.cells.planned - cellIds.size)
    const request = {
      suite: resolve(recordedBase(manifest.suite.file, dir, io.cwd) ?? io.cwd, manifest.suite.file),
      selection: { cellIds, repeat: manifest.repeat },
      out,
      allowOutside,
      command: ['assay', ...process.argv.slice(2)],
      record: { id: manifest.id, replies, absent },
    }
    const result = await run(request, world, watch.events).finally(watch.stop)
    const lost = cellIds.size - (result.run.manifest.cells.planned - absent)
    if (lost > 0) warn(`${lost} stored replies belong to cells the suite no longer has: they were left out`)
    if (absent > 0) warn(`${absent} cells of that run have no reply on record: run the suite to get one`)
    await showRun(result, reporters, json, io)
    return concludeRuns([result], { suites: 1, begun: 1, json }, io)
  } finally {
    interrupts.forget()
    await replies.close()
  }
}
