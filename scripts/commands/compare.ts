import { resolve } from 'node:path'
import { gateOf } from '../../harness/gate/settings.ts'
import { judgeRecord } from '../../harness/judge-record.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import type { AssaySettings } from '../../harness/model/suite.ts'
import { openRecord } from '../../harness/open-record.ts'
import { readSettings } from '../../harness/suite/read-settings.ts'
import { summarize } from '../../reports/summary.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { forReports, parseReporters, renderReports, reportsToShow } from '../reporters.ts'
import { realWorld } from '../world.ts'

interface CompareOptions {
  readonly map?: Readonly<Record<string, string>>
  readonly strict: boolean
  readonly reporter: readonly string[]
  readonly json: boolean
}

/**
 * `assay compare BASE CANDIDATE`: every column that both have, whatever the suite ships. The exit code is 0 when the two could be
 * compared, and 4 under `--strict` when that came to nothing: `assay gate` is what blocks.
 */
export async function compareCommand(
  io: Io,
  base: string,
  candidate: string,
  { map, strict, reporter, json }: CompareOptions,
): Promise<number> {
  const reporters = parseReporters(reporter, io.cwd)
  if (base === 'none')
    throw new HarnessError('usage', 'there is nothing to compare with: BASE is `none`', {
      hint: 'Name a baseline.json, a run folder, or REV:path; `assay report RUN` shows a run by itself.',
    })
  const onWarning = (warning: string): void => io.err(`warning: ${warning}\n`)
  const record = await openRecord(candidate, io.cwd, onWarning)
  const { dir, manifest } = record.run
  const from = recordedBase(manifest.suite.file, dir, io.cwd)
  const suiteFile = resolve(from ?? io.cwd, manifest.suite.file)
  const input = await judgeRecord(
    {
      record,
      settings: from === undefined ? { gate: {} } : comparedWhole(await readSettings(suiteFile, io)),
      suiteFile,
      asked: { baseline: base, strict, failOn: 'none', ...(map !== undefined && { renamed: map }) },
      onWarning,
    },
    realWorld(io),
  )
  if (json) io.out(`${JSON.stringify(summarize(input))}\n`)
  const requests = reportsToShow(reporters, json)
  await renderReports(await forReports(input, requests, onWarning), requests, io)
  return input.verdict.exitCode === 4 ? 4 : 0
}

/** The suite's own metrics, margin and alpha, for every column; none of its limits. */
function comparedWhole(settings: AssaySettings): AssaySettings {
  const { metrics, margin, alpha } = gateOf(settings) ?? {}
  const gate = {
    ...(metrics && { metrics }),
    ...(margin !== undefined && { margin }),
    ...(alpha !== undefined && { alpha }),
  }
  return { ...settings, gate }
}
