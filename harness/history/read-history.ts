import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { messageOf } from '../model/errors.ts'
import type { History } from '../model/history.ts'
import type { Run } from '../model/run.ts'
import { openRun } from '../record/open-run.ts'
import { folderName, RUNS_DIR } from '../record/run-folder.ts'
import { readIndex, writeIndex } from './index-file.ts'
import { levelShifts, lookedAt } from './level-shifts.ts'
import { type ReadRun, readEntry, stampsOf, type Unread } from './read-entry.ts'

/** Folders that are read at once. */
const AT_ONCE = 32

/** The runs beside this one. Undefined where it lies elsewhere than in its suite's folder of runs, as with `--out`. */
export async function readHistory(
  { dir, manifest }: Run,
  onWarning: (message: string) => void,
): Promise<History | undefined> {
  const parent = dirname(dir)
  const { name } = manifest.suite
  const isInPlace = basename(parent) === folderName(name) && basename(dirname(parent)) === RUNS_DIR
  return isInPlace ? readSuiteHistory(parent, name, onWarning) : undefined
}

/**
 * The runs in a suite's folder, and the index of them, `history.json`, brought up to date: a run whose files are as they were is
 * taken from there. The folders are what counts: the index may be deleted at any time.
 * @param dir absolute, `runs/<suite>`
 * @param onWarning told when the index cannot be written: the next reader takes longer, and nothing is lost
 */
export async function readSuiteHistory(
  dir: string,
  suite: string,
  onWarning: (message: string) => void,
): Promise<History> {
  const index = await readIndex(dir)
  const known = new Map(index?.suite === suite ? index.runs.map((run) => [run.entry.dir, run]) : [])
  const found: (ReadRun | Unread)[] = []
  const names = await runFolders(dir)
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const some = names.slice(from, from + AT_ONCE)
    found.push(...(await Promise.all(some.map((name) => readUnlessKnown(dir, name, suite, known.get(name))))))
  }
  const runs = found.filter((each) => 'entry' in each).sort(oldestFirst)
  await writeIndex(dir, suite, runs).catch((error: unknown) => {
    onWarning(`the index of the suite's runs is not kept: ${messageOf(error)}`)
  })
  const entries = runs.map(({ entry }) => entry)
  return {
    suite,
    runs: entries,
    shifts: levelShifts(entries),
    looked: lookedAt(entries),
    unread: found.flatMap((each) => ('unread' in each ? each.unread : [])),
  }
}

/** Of which suite the youngest run in a folder is; undefined where there is none that can be read. */
export async function suiteIn(dir: string): Promise<string | undefined> {
  for (const name of (await runFolders(dir)).reverse()) {
    const run = await openRun(join(dir, name), dir).catch(() => undefined)
    if (run !== undefined) return run.manifest.suite.name
  }
  return undefined
}

/** Names of the folders in a suite's folder of runs, sorted; none where it is not there. */
export async function runFolders(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

async function readUnlessKnown(
  parent: string,
  name: string,
  suite: string,
  known: ReadRun | undefined,
): Promise<ReadRun | Unread> {
  const stamps = await stampsOf(join(parent, name))
  if (known !== undefined && stamps !== undefined) {
    const isSame = (['analysis', 'verdict'] as const).every(
      (file) => known[file].size === stamps[file].size && known[file].mtimeMs === stamps[file].mtimeMs,
    )
    if (isSame) return known
  }
  return readEntry(parent, name, suite, stamps)
}

function oldestFirst({ entry: a }: ReadRun, { entry: b }: ReadRun): number {
  return a.at < b.at || (a.at === b.at && a.dir < b.dir) ? -1 : 1
}
