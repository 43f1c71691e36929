import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { closest } from 'fastest-levenshtein'
import { readSuiteHistory, runFolders, suiteIn } from '../../harness/history/read-history.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import type { History } from '../../harness/model/history.ts'
import { openRun } from '../../harness/record/open-run.ts'
import { folderName, RUNS_DIR } from '../../harness/record/run-folder.ts'
import { suiteName } from '../../harness/suite/config/suite-name.ts'
import { historyText } from '../../reports/history/text.ts'
import { writeHistoryIndex } from '../history-index.ts'
import type { Io } from '../io.ts'

interface HistoryOptions {
  readonly json: boolean
  readonly limit?: number
}

/** A suite's folder of runs, and its name. */
interface Place {
  readonly dir: string
  readonly suite: string
}

/**
 * `assay history [SUITE]`: what is on record of a suite's runs, or of every suite's in `runs/`, and what changed its level. Brings
 * `history.json` and `index.html` beside the runs up to date; judges nothing.
 */
export async function historyCommand(
  io: Io,
  asked: string | undefined,
  options: HistoryOptions,
): Promise<number> {
  const { json, limit } = options
  const warn = (message: string): void => io.err(`warning: ${message}\n`)
  const places = asked === undefined ? await allSuites(io.cwd) : [await placeOf(asked, io.cwd)]
  const histories: History[] = []
  for (const { dir, suite } of places) {
    const history = await readSuiteHistory(dir, suite, warn)
    const page = await writeHistoryIndex(history, dir, warn)
    histories.push(limited(history, limit))
    if (json) continue
    const { columns: width, color } = io.terminal
    io.out(`${historyText(history, { width, color, limit })}\nPage: ${relative(io.cwd, page)}\n`)
    if (places.length > histories.length) io.out('\n')
  }
  const [only] = histories
  if (json)
    io.out(`${JSON.stringify(asked === undefined ? { v: 1, suites: histories } : { v: 1, ...only })}\n`)
  return 0
}

function limited(history: History, limit: number | undefined): History {
  return limit === undefined ? history : { ...history, runs: history.runs.slice(-limit) }
}

async function allSuites(cwd: string): Promise<Place[]> {
  const runs = join(cwd, RUNS_DIR)
  const places: Place[] = []
  for (const name of await runFolders(runs)) {
    const dir = join(runs, name)
    const suite = await suiteIn(dir)
    if (suite !== undefined) places.push({ dir, suite })
  }
  if (places.length === 0) throw nothing(`there is no run in ${runs}`, 'Run a suite first.')
  return places
}

/** What the user means: a suite's name, its folder of runs, its file, or one of its runs. */
async function placeOf(asked: string, cwd: string): Promise<Place> {
  const file = resolve(cwd, asked)
  if (asked === 'last' || existsSync(join(file, 'manifest.json'))) {
    const { dir, manifest } = await openRun(asked, cwd)
    return checked({ dir: dirname(dir), suite: manifest.suite.name }, dir)
  }
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true
  const name = isFile ? suiteName(file) : asked
  const dir = join(cwd, RUNS_DIR, folderName(name))
  for (const place of isFile ? [dir] : [dir, file]) {
    const suite = await suiteIn(place)
    if (suite !== undefined) return { dir: place, suite }
  }
  const names = (await runFolders(join(cwd, RUNS_DIR))).filter((folder) => folder !== folderName(name))
  const known = names.length === 0 ? 'Run the suite first.' : `Did you mean "${closest(name, names)}"?`
  throw nothing(`there is no run of ${asked} in ${join(cwd, RUNS_DIR)}`, known)
}

/** A run that `--out` put elsewhere has no runs of its suite beside it. */
function checked(place: Place, run: string): Place {
  const { dir, suite } = place
  if (basename(dir) === folderName(suite) && basename(dirname(dir)) === RUNS_DIR) return place
  throw nothing(
    `${run} does not lie beside the other runs of ${suite}`,
    `Name the suite: its runs are looked for in ${join(RUNS_DIR, folderName(suite))}.`,
  )
}

function nothing(message: string, hint: string): HarnessError {
  return new HarnessError('usage', message, { hint })
}
