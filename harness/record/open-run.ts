import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Manifest, Run } from '../model/run.ts'
import { writerOf } from './lock.ts'
import { newerFormat, newerSentence } from './newer-format.ts'
import { readTrials } from './read-journal.ts'
import { RUNS_DIR } from './run-folder.ts'
import { manifestSchema } from './schema/manifest.ts'

/**
 * Opens a recorded run: a run folder, or `last` for the youngest below `runs/`. It may be one that is still being written,
 * which `onWarning` is told.
 * Throws a `HarnessError` (`usage`) when there is none, or when it is not one this version can read.
 */
export async function openRun(run: string, cwd: string, onWarning?: (message: string) => void): Promise<Run> {
  const dir = run === 'last' ? await lastRun(path.join(cwd, RUNS_DIR)) : path.resolve(cwd, run)
  const manifest = await readManifest(dir)
  const writer = onWarning && (await writerOf(dir))
  const journal = path.join(dir, 'trials.jsonl')
  if (writer === undefined) return { dir, manifest, trials: () => readTrials(journal, onWarning) }
  onWarning?.(`${dir} is being written by ${writer}: this is what it holds so far`)
  const soFar = (await stat(journal).catch(() => undefined))?.size ?? 0
  // Its last line may be half written.
  return { dir, manifest, soFar, trials: () => readTrials(journal, undefined, soFar) }
}

async function lastRun(runs: string): Promise<string> {
  const found: string[] = []
  for (const suite of await folders(runs)) found.push(...(await folders(path.join(runs, suite), suite)))
  // By id, which begins with the time; a folder without a manifest is no run, or not one yet.
  found.sort((a, b) => (path.basename(a) < path.basename(b) ? 1 : -1))
  for (const name of found) {
    const dir = path.join(runs, name)
    // One that belongs to another run lies below it, wherever `--out` has put that.
    if ((await isFile(path.join(dir, 'manifest.json'))) && (await readManifest(dir)).child === undefined)
      return dir
  }
  throw new HarnessError('usage', `there is no run in ${runs}`, {
    hint: 'Run a suite first, or name the folder of a run.',
  })
}

async function folders(dir: string, prefix = ''): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(prefix, entry.name))
  } catch {
    return []
  }
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true
}

async function readManifest(dir: string): Promise<Manifest> {
  const file = path.join(dir, 'manifest.json')
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HarnessError('usage', `${dir} is not the folder of a run: ${messageOf(error)}`, {
      hint: 'Name a folder below runs/, or `last`.',
      cause: error,
    })
  }
  const newer = newerFormat(value)
  if (newer !== undefined) throw new HarnessError('usage', `${dir} ${newerSentence('manifest.json', newer)}`)
  const parsed = manifestSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new HarnessError(
    'usage',
    `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`,
    {
      hint: 'The record was written by another version of assay, or changed by hand.',
    },
  )
}
