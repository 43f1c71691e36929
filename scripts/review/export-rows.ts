import { createWriteStream, existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { Review } from '../../harness/model/review.ts'
import type { Run } from '../../harness/model/run.ts'
import type { Redactor } from '../../harness/record/redact.ts'
import { calibrationRows } from '../../harness/review/calibration-rows.ts'
import { reviewedTrials } from '../../harness/review/reviewed-trials.ts'

/**
 * Where rows go.
 * @param files that must not be written over: what is read
 * @throws HarnessError `usage` for a folder, for a file in one that is not there, and for one of a run: told before anything is written
 */
export function exportPlace(file: string, cwd: string, files: readonly string[]): string {
  const place = resolve(cwd, file)
  const folder = dirname(place)
  if (!existsSync(folder)) throw cannotWrite(place, 'there is no such folder')
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true)
    throw cannotWrite(place, 'it is a folder')
  if (existsSync(join(folder, 'manifest.json')))
    throw cannotWrite(place, 'it lies in the folder of a run, whose files are its record')
  if (files.some((read) => resolve(cwd, read) === place))
    throw cannotWrite(place, 'it is the review that is read')
  return place
}

/**
 * Writes what a judge is calibrated on, a line a row (JSONL), and tells how many there are. The file may be a pipe: it is written in
 * place.
 * @throws HarnessError `usage` when it cannot be written
 */
export async function exportRows(
  file: string,
  run: Run,
  reviews: readonly Review[],
  redact: Redactor,
): Promise<number> {
  let count = 0
  async function* lines(): AsyncGenerator<string, void, undefined> {
    for await (const reviewed of reviewedTrials(run, reviews)) {
      for (const row of calibrationRows(reviewed, run.manifest.id)) {
        count++
        yield `${redact(JSON.stringify(row))}\n`
      }
    }
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(file))
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause
    throw cannotWrite(file, messageOf(cause), cause)
  }
  return count
}

function cannotWrite(file: string, reason: string, cause?: unknown): HarnessError {
  return new HarnessError('usage', `cannot write the rows to ${file}: ${reason}`, {
    hint: 'check the path given to --export',
    cause,
  })
}
