import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reopenRecord } from './baseline/reopen-record.ts'
import { HarnessError, messageOf } from './model/errors.ts'
import type { Analysis } from './model/analysis.ts'
import type { ReportInput } from './model/report.ts'
import type { Verdict } from './model/verdict.ts'
import { openRun } from './record/open-run.ts'

/**
 * A finished run with its analysis and verdict, all read from its folder, and the record of what it was compared with, if that is
 * still there.
 * @throws HarnessError `usage` when there is no such run; `incomplete` when it ended before it was analyzed.
 */
export async function openRecord(
  name: string,
  cwd: string,
  onWarning?: (message: string) => void,
): Promise<ReportInput> {
  const run = await openRun(name, cwd, onWarning)
  const analysis = (await readPart(run.dir, 'analysis.json')) as Analysis
  const verdict = (await readPart(run.dir, 'verdict.json')) as Verdict
  const about = analysis.comparison?.baseline
  const baseline = about && (await reopenRecord(run, about, cwd))
  return { run, analysis, verdict, ...(baseline !== undefined && { baseline }) }
}

async function readPart(dir: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(dir, name), 'utf8'))
  } catch (cause) {
    throw new HarnessError('incomplete', `${join(dir, name)} cannot be read: ${messageOf(cause)}`, {
      hint: `the run ended before it was analyzed; "assay resume ${dir}" finishes it`,
      cause,
    })
  }
}
