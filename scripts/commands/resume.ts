import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HarnessError } from '../../harness/model/errors.ts'
import { openRun } from '../../harness/record/open-run.ts'
import type { Found } from '../../harness/record/resumption.ts'
import { optionsOf, Resumption } from '../../harness/record/resumption.ts'
import { selectionOf } from '../../harness/record/selection-record.ts'
import { run } from '../../harness/run.ts'
import { counted } from '../../reports/format/figures.ts'
import { loadEnvFiles } from '../env-file.ts'
import { concludeRuns, showRun } from '../finish-run.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { parseReporters, reportsToShow } from '../reporters.ts'
import { watchRun } from '../watch-run.ts'
import { realWorld } from '../world.ts'

interface ResumeOptions {
  readonly errors: boolean
  readonly concurrency?: number
  readonly maxCost?: number
  readonly reporter: readonly string[]
  readonly json: boolean
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
}

/**
 * `assay resume RUN`: finishes a run that was cut short, in its own folder, as it was asked for then. A run that is complete
 * and rests on the suite as it stands is reported again.
 */
export async function resumeCommand(io: Io, name: string, options: ResumeOptions): Promise<number> {
  const reporters = parseReporters(options.reporter, io.cwd)
  const { dir, manifest } = await openRun(name, io.cwd)
  const { file } = manifest.suite
  if (manifest.command[1] === 'calibrate')
    throw new HarnessError('usage', 'a calibration is no run of its suite, and is not gone on with', {
      hint: 'Run `assay calibrate` again: what was answered before it stopped comes out of the local cache.',
    })
  const asked = optionsOf(manifest)
  const base = recordedBase(file, dir, io.cwd)
  if (base === undefined)
    throw new HarnessError('usage', `the suite of this run, ${file}, is not there`, {
      hint: 'Run the command where the run was started, with the suite in its place.',
    })
  const own = options.envFile.map((each) => resolve(io.cwd, each))
  loadEnvFiles({ ...io, cwd: base }, [...(asked.envFiles ?? []), ...own])

  const interrupts = listenForInterrupts(io)
  // Paths of the record start from where the run was started.
  const world = { ...realWorld(io, interrupts), cwd: base }
  const watch = watchRun(io, world.clock.now, interrupts.onFolder)
  // Written last of all: without it, what belongs to the run's comparison may still have to be called.
  const isJudged = existsSync(join(dir, 'verdict.json'))
  const resumption = await Resumption.begin(dir, world.clock.wallClock)
  try {
    const request = {
      suite: file,
      selection: selectionOf(asked.selection),
      concurrency: options.concurrency ?? asked.concurrency,
      allowOutside: options.allowOutside || asked.allowOutside === true,
      maxCostUsd: options.maxCost ?? asked.maxCostUsd,
      cassette: asked.cassette,
      cache: asked.cache,
      comparison: asked.comparison,
      command: ['assay', ...process.argv.slice(2)],
      resume: {
        resumption,
        errors: options.errors,
        onFound: (found: Found) => io.err(`${describe(found, isJudged)}\n`),
      },
    }
    const result = await run(request, world, watch.events).finally(watch.stop)
    await showRun(result, reportsToShow(reporters, options.json), io)
    return concludeRuns([result], { suites: 1, begun: 1, json: options.json }, io)
  } finally {
    interrupts.forget()
    await resumption.end()
  }
}

/** What becomes of the record, before anything is called. */
function describe({ finished, planned, again, superseded }: Found, isJudged: boolean): string {
  if (finished.size === planned && superseded === 0)
    return isJudged
      ? 'the run is complete: nothing is called'
      : 'all its cells are on record: what was left of its verdict is done'
  const parts = [
    `${finished.size} of ${counted(planned, 'cell')} stand`,
    again > 0 ? `${again} are checked again, or called where no reply is on record` : undefined,
    superseded > 0 ? `${superseded} are another now or no longer planned, and leave the run` : undefined,
  ]
  return parts.filter((part) => part !== undefined).join('; ')
}
