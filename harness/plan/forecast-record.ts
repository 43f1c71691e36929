import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Column } from '../model/cell.ts'
import { HarnessError } from '../model/errors.ts'
import type { Run } from '../model/run.ts'
import { openRun } from '../record/open-run.ts'
import { readJournal } from '../record/read-journal.ts'
import { folderName, RUNS_DIR } from '../record/run-folder.ts'
import type { Tariffs } from './forecast-usage.ts'
import { ColumnUsage, GraderUsage } from './forecast-usage.ts'

/** Runs looked back for columns that the last one did not have. */
const MOST_RUNS = 10

/** Trials read of a run: their means are known well enough by then. */
const MOST_TRIALS = 20_000

/** Calls of an account from which what it had in flight tells of its limit, and not of how little there was to do. */
const ENOUGH_CALLS = 200

/** What earlier runs of a suite took. */
export interface RecordedUsage {
  /** Of each column that some run answered, its last such run's. */
  readonly columns: ReadonlyMap<Column, ColumnUsage>
  readonly graders: GraderUsage
  /** Calls that an account had in flight on average, in its last run with many. */
  readonly inFlight: ReadonlyMap<string, number>
}

interface Looking {
  readonly cwd: string
  /** Rounds of feedback a cell may take now, the first reply included. */
  readonly rounds: number
  /** Other models: what the same calls would cost there is counted too. */
  readonly tariffs?: Tariffs | undefined
}

/** Reads the last runs of a suite until every column has a record; whatever cannot be read is passed over. */
export async function readRecordedUsage(
  suite: string,
  columns: readonly Column[],
  looking: Looking,
): Promise<RecordedUsage> {
  const { cwd } = looking
  const found = new Map<Column, ColumnUsage>()
  const graders = new GraderUsage()
  const inFlight = new Map<string, number>()
  for (const dir of await lastRuns(suite, cwd)) {
    if (found.size === columns.length) break
    const missing = columns.filter((column) => !found.has(column))
    const run = await unlessDamaged(openRun(dir, cwd))
    // Replies that were checked again are those of another run, and took no time.
    if (run === undefined || run.manifest.verifies !== undefined) continue
    const seen = await unlessDamaged(readRun(run, missing, graders, looking))
    for (const [column, usage] of seen ?? []) if (usage.cells > 0) found.set(column, usage)
    for (const [account, calls] of inFlightOf(run, seen ?? new Map()))
      if (!inFlight.has(account)) inFlight.set(account, calls)
  }
  return { columns: found, graders, inFlight }
}

async function lastRuns(suite: string, cwd: string): Promise<string[]> {
  const runs = join(cwd, RUNS_DIR, folderName(suite))
  const entries = await readdir(runs, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  // An id begins with the time.
  const youngestFirst = names.toSorted((a, b) => (a < b ? 1 : -1))
  return youngestFirst.slice(0, MOST_RUNS).map((name) => join(runs, name))
}

async function unlessDamaged<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof HarnessError) return undefined
    throw error
  }
}

async function readRun(
  { dir, manifest }: Run,
  columns: readonly Column[],
  graders: GraderUsage,
  { rounds, tariffs }: Looking,
): Promise<Map<Column, ColumnUsage>> {
  const nameOf = (prompt: string, provider: string): string => JSON.stringify([prompt, provider])
  const hashes = new Map(manifest.columns.map((each) => [nameOf(each.prompt, each.provider), each.hash]))
  const usages = new Map(
    columns.map((column) => {
      const name = nameOf(column.prompt.key, column.provider.key)
      return [name, { column, usage: new ColumnUsage(hashes.get(name), tariffs) }]
    }),
  )
  let trials = 0
  for await (const line of readJournal(join(dir, 'trials.jsonl'))) {
    if (line.kind === 'call') {
      graders.addCall(line)
      continue
    }
    usages.get(nameOf(line.cell.prompt, line.cell.provider))?.usage.add(line, rounds)
    graders.addTrial(line, manifest.columns.length)
    if (++trials === MOST_TRIALS) break
  }
  return new Map(Array.from(usages.values(), ({ column, usage }) => [column, usage]))
}

/** By Little's law: calls a second, times how long one takes. */
function* inFlightOf(
  { manifest }: Run,
  usages: ReadonlyMap<Column, ColumnUsage>,
): Generator<[string, number]> {
  for (const { account, calls, startedAt, endedAt } of manifest.accounts ?? []) {
    const own = [...usages].flatMap(([{ provider }, usage]) => (provider.account === account ? [usage] : []))
    const answered = own.reduce((sum, { calls }) => sum + calls.mean * calls.n, 0)
    const busyMs = own.reduce((sum, { busyMs }) => sum + busyMs.mean * busyMs.n, 0)
    const tookMs = Date.parse(endedAt) - Date.parse(startedAt)
    if (calls >= ENOUGH_CALLS && answered > 0 && tookMs > 0)
      yield [account, (busyMs / answered) * (calls / tookMs)]
  }
}
