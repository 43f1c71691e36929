import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { analyzeSoFar } from './analyze-so-far.ts'
import { reopenRecord } from './baseline/reopen-record.ts'
import { HarnessError, messageOf } from './model/errors.ts'
import type { Analysis } from './model/analysis.ts'
import type { ReportInput } from './model/report.ts'
import type { Run } from './model/run.ts'
import type { Verdict } from './model/verdict.ts'
import { newerFormat, newerSentence } from './record/newer-format.ts'
import { openRun } from './record/open-run.ts'

/** What a run's end adds to its folder. */
const PARTS = ['analysis.json', 'verdict.json'] as const
type Part = (typeof PARTS)[number]

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
  return readRecord(await openRun(name, cwd, onWarning), cwd)
}

/** The same for what is only shown: one that has not ended, or was killed, by what its journal holds so far. */
export async function openShown(
  name: string,
  cwd: string,
  onWarning: (message: string) => void,
): Promise<ReportInput> {
  const run = await openRun(name, cwd, onWarning)
  const found = await Promise.all(PARTS.map(async (part) => stat(join(run.dir, part)).catch(() => undefined)))
  const isOver = run.soFar === undefined && !found.includes(undefined)
  return isOver ? readRecord(run, cwd) : analyzeSoFar(run)
}

async function readRecord(run: Run, cwd: string): Promise<ReportInput> {
  const analysis = (await readPart(run, 'analysis.json')) as Analysis
  const verdict = (await readPart(run, 'verdict.json')) as Verdict
  const about = analysis.comparison?.baseline
  const baseline = about && (await reopenRecord(run, about, cwd))
  return { run, analysis, verdict, ...(baseline !== undefined && { baseline }) }
}

async function readPart({ dir, soFar }: Run, name: Part): Promise<unknown> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(join(dir, name), 'utf8'))
  } catch (cause) {
    throw new HarnessError('incomplete', `${join(dir, name)} cannot be read: ${messageOf(cause)}`, {
      hint:
        soFar === undefined
          ? `the run ended before it was analyzed; "assay resume ${dir}" finishes it`
          : 'Wait for the run to end.',
      cause,
    })
  }
  const newer = newerFormat(value)
  if (newer !== undefined) throw new HarnessError('usage', `${dir} ${newerSentence(name, newer)}`)
  if (typeof value === 'object' && value !== null && 'v' in value) return value
  throw new HarnessError('usage', `${join(dir, name)} is not what a run writes`, {
    hint: 'It was changed by hand, or is another tool’s.',
  })
}
