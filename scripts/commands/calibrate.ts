import { resolve } from 'node:path'
import type { Calibrated } from '../../harness/calibrate/calibrate.ts'
import { calibrate } from '../../harness/calibrate/calibrate.ts'
import { writeCalibration } from '../../harness/calibrate/calibration-file.ts'
import { chooseJudges, judgesOf } from '../../harness/calibrate/judges.ts'
import { readLabels } from '../../harness/calibrate/labels.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import type { Suite } from '../../harness/model/suite.ts'
import { readWhole } from '../../harness/read-whole.ts'
import { makeRunId } from '../../harness/record/run-id.ts'
import { folderName, RUNS_DIR } from '../../harness/record/run-folder.ts'
import { calibrationText, weakText } from '../calibrate/calibration-text.ts'
import { loadEnvFiles } from '../env-file.ts'
import { INTERRUPTED, worstExitCode } from '../exit-code.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { watchRun } from '../watch-run.ts'
import { realWorld } from '../world.ts'

interface CalibrateOptions {
  readonly labels?: string
  readonly metric?: string
  readonly out?: string
  readonly concurrency?: number
  readonly maxCost?: number
  readonly record: boolean
  readonly replay: boolean
  readonly cache: boolean
  readonly json: boolean
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
}

/** Labels below which an interval is hardly worth the name. */
const FEW = 20

/**
 * `assay calibrate SUITE --labels FILE`: has the suite's judges judge labelled answers, says how far they agree with the labels, and keeps
 * that beside the suite.
 */
export async function calibrateCommand(io: Io, file: string, options: CalibrateOptions): Promise<number> {
  const { labels: labelsFile, metric, allowOutside, envFile: envFiles, json } = options
  if (labelsFile === undefined)
    throw new HarnessError('usage', 'a judge is calibrated on answers that people have labelled', {
      hint: 'Name them with --labels: a .csv or .jsonl with the columns `output` and `label`, and whatever else the judge is shown (question, reference); or what `assay review RUN --export` writes.',
    })
  const cassette = cassetteOf(options)
  loadEnvFiles(io, envFiles)
  const warn = (message: string): void => io.err(`warning: ${message}\n`)
  const labels = await readLabels(resolve(io.cwd, labelsFile), metric)
  for (const note of labels.notes) warn(note)
  if (labels.rows.length < FEW)
    warn(
      `${labels.rows.length} labels are few: with less than ${FEW} the intervals are wide, and not to be relied on`,
    )
  const interrupts = listenForInterrupts(io)
  try {
    const world = realWorld(io, interrupts)
    const suite = await readWhole({ suite: file, allowOutside }, world)
    const judges = chooseJudges(await judgesOf(suite), metric)
    const watch = watchRun(io, world.clock.now)
    // Below a folder of its own, so that it is no run of the suite: neither "last", nor history.
    const id = makeRunId(world.clock.wallClock(), world.random)
    const out = options.out ?? resolve(io.cwd, RUNS_DIR, folderName(suite.name), 'calibration', id)
    const run = {
      concurrency: options.concurrency,
      maxCostUsd: options.maxCost,
      cache: options.cache,
      ...(cassette !== undefined && { cassette }),
      out,
      allowOutside,
      envFiles,
      command: ['assay', ...process.argv.slice(2)],
    }
    const request = { suite, judges, labels, leavesOut: metric === undefined, run }
    const result = await calibrate(request, world, watch.events).finally(watch.stop)
    for (const name of result.leftOut) warn(`${name} was left out: it gives other labels than these`)
    const isInterrupted = result.run.run.manifest.interrupted === true
    const codes = [isInterrupted ? INTERRUPTED : 0]
    const told: { readonly judge: Calibrated; readonly written: string | undefined }[] = []
    for (const judge of result.judges) {
      const isWhole = !isInterrupted && !judge.isIncomplete
      const written = isWhole ? await writeCalibration(suite.dir, judge.calibration) : undefined
      told.push({ judge, written })
      codes.push(tellTroubles(judge, isInterrupted, suite, warn))
    }
    if (json) io.out(`${JSON.stringify(asJson(told, result.run.run.dir))}\n`)
    else for (const { judge, written } of told) io.out(`${calibrationText(judge, written, io.cwd)}\n`)
    return worstExitCode(codes)
  } finally {
    interrupts.forget()
  }
}

/** What is to be said of a judge on stderr, and the exit code it makes. */
function tellTroubles(
  judge: Calibrated,
  isInterrupted: boolean,
  { assay }: Suite,
  warn: (message: string) => void,
): number {
  const { metric, missing, n } = judge.calibration
  for (const why of judge.broken.slice(0, 3)) warn(`${metric}: ${why}`)
  if (isInterrupted) return INTERRUPTED
  if (judge.isIncomplete) {
    warn(`${metric} gave no verdict on ${missing} of ${n + missing} answers: nothing was written`)
    return 3
  }
  const atLeast = assay.gate?.['judgeAgreement']
  const weak = weakText(judge, typeof atLeast === 'number' ? atLeast : undefined)
  if (weak === undefined) return 0
  warn(weak)
  return 1
}

function asJson(
  told: readonly { readonly judge: Calibrated; readonly written: string | undefined }[],
  run: string,
): unknown {
  return {
    v: 1,
    run,
    judges: told.map(({ judge, written }) => Object.assign({ file: written ?? null }, judge.calibration)),
  }
}

function cassetteOf({ record, replay }: CalibrateOptions): 'record' | 'replay' | undefined {
  if (record && replay) throw new HarnessError('usage', '--record and --replay exclude each other')
  return replay ? 'replay' : record ? 'record' : undefined
}
