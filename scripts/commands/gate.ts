import { resolve } from 'node:path'
import { HarnessError } from '../../harness/model/errors.ts'
import type { FailOn } from '../../harness/model/run-options.ts'
import { refuseRecorded } from '../../harness/gate/judges.ts'
import { judgeRecord } from '../../harness/judge-record.ts'
import { openRecord } from '../../harness/open-record.ts'
import { readSettings } from '../../harness/suite/read-settings.ts'
import { summarize } from '../../reports/summary.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { forReports, parseReporters, renderReports, reportsToShow } from '../reporters.ts'
import { realWorld } from '../world.ts'

interface GateOptions {
  readonly baseline?: string
  readonly map?: Readonly<Record<string, string>>
  readonly strict: boolean
  readonly failOn?: FailOn
  readonly reporter: readonly string[]
  readonly json: boolean
}

/** `assay gate RUN`: decides on a recorded run once more, by the suite's gate as it stands. Calls nothing. */
export async function gateCommand(io: Io, name: string, options: GateOptions): Promise<number> {
  const { baseline, map, strict, failOn, json } = options
  const reporters = parseReporters(options.reporter, io.cwd)
  const onWarning = (warning: string): void => io.err(`warning: ${warning}\n`)
  const record = await openRecord(name, io.cwd, onWarning)
  const { dir, manifest } = record.run
  const { file } = manifest.suite
  const base = recordedBase(file, dir, io.cwd)
  if (base === undefined)
    throw new HarnessError('usage', `the suite of this run, ${file}, is not there: its gate is not known`, {
      hint: 'Run the command where the run was started, with the suite in its place.',
    })
  const suiteFile = resolve(base, file)
  const world = realWorld(io)
  const settings = await readSettings(suiteFile, io)
  refuseRecorded(settings, manifest.judges ?? [])
  const input = await judgeRecord(
    {
      record,
      settings,
      suiteFile,
      asked: {
        strict,
        ...(baseline !== undefined && { baseline }),
        ...(map !== undefined && { renamed: map }),
        ...(failOn !== undefined && { failOn }),
      },
      onWarning,
    },
    world,
  )
  if (json) io.out(`${JSON.stringify(summarize(input))}\n`)
  const requests = reportsToShow(reporters, json)
  await renderReports(await forReports(input, requests, onWarning), requests, io)
  return input.verdict.exitCode
}
