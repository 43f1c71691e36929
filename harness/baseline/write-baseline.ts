import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Baseline } from '../model/baseline.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Run } from '../model/run.ts'
import { syncFolder, writeFileAtomic, writeJson } from '../record/atomic-file.ts'
import type { Redactor } from '../record/redact.ts'
import { formatBaseline } from './format.ts'
import type { BaselinePlace } from './location.ts'
import { sortedJournal } from './sorted-journal.ts'

interface WriteOptions {
  /** The run that was accepted, without columns that are not its own: see `ownRun`. */
  readonly run: Run
  readonly redact: Redactor
  readonly onWarning?: ((message: string) => void) | undefined
}

/** Bytes on disk. */
export interface BaselineSize {
  readonly file: number
  readonly record: number
}

/**
 * Writes `baseline.json` and the run folder beside it. What it replaces stays until all of the new one is on disk. Then the
 * old folder's manifest goes first and `baseline.json` comes last: whatever happens between, the two do not name the same run,
 * and whoever reads them is told.
 * @throws HarnessError `usage` when the folder cannot be made, `incomplete` when the disk refuses
 */
export async function writeBaseline(
  place: BaselinePlace,
  baseline: Baseline,
  { run, redact, onWarning }: WriteOptions,
): Promise<BaselineSize> {
  const { columns } = run.manifest
  const { replies } = baseline
  const staged = path.join(place.dir, '.new')
  await makeFolder(staged)
  try {
    const lines = sortedJournal(path.join(run.dir, 'trials.jsonl'), { columns, replies, redact, onWarning })
    await writeFileAtomic(path.join(staged, 'trials.jsonl'), lines)
    await writeJson(staged, 'manifest.json', run.manifest, redact)
    await rm(path.join(place.dir, 'manifest.json'), { force: true })
    await syncFolder(place.dir)
    for (const name of ['trials.jsonl', 'manifest.json'])
      await rename(path.join(staged, name), path.join(place.dir, name))
    await syncFolder(place.dir)
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
  await writeFileAtomic(place.file, [formatBaseline(baseline)])
  await syncFolder(path.dirname(place.file))
  return {
    file: (await stat(place.file)).size,
    record: (await sizeOf(place.dir, 'manifest.json')) + (await sizeOf(place.dir, 'trials.jsonl')),
  }
}

async function makeFolder(dir: string): Promise<void> {
  try {
    // What a process that was killed left there.
    await rm(dir, { recursive: true, force: true })
    await mkdir(dir, { recursive: true })
  } catch (cause) {
    throw new HarnessError('usage', `${path.dirname(dir)} cannot be written: ${messageOf(cause)}`, {
      hint: 'A baseline lies beside its suite: make that folder writable, with nothing else in its place.',
      cause,
    })
  }
}

async function sizeOf(dir: string, name: string): Promise<number> {
  return (await stat(path.join(dir, name))).size
}
