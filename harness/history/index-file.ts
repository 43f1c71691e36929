import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '../record/atomic-file.ts'
import { historyIndexSchema } from '../record/schema/history.ts'
import type { ReadRun } from './read-entry.ts'

/** What `history.json` holds: made of the run folders, and of nothing else. */
interface HistoryIndex {
  readonly v: 1
  readonly suite: string
  readonly runs: readonly ReadRun[]
}

const INDEX_FILE = 'history.json'

/** The index of a suite's folder. Undefined where there is none, or it is damaged or of another version: it is made again. */
export async function readIndex(dir: string): Promise<HistoryIndex | undefined> {
  try {
    const parsed = historyIndexSchema.safeParse(JSON.parse(await readFile(join(dir, INDEX_FILE), 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/**
 * Writes the index, whole or not at all. Of two processes that do so at once the later one's stays; what it lacks is read
 * from the run's folder the next time.
 * @throws HarnessError `incomplete` when the folder cannot be written
 */
export async function writeIndex(dir: string, suite: string, runs: readonly ReadRun[]): Promise<void> {
  const text = `${JSON.stringify({ v: 1, suite, runs } satisfies HistoryIndex)}\n`
  const file = join(dir, INDEX_FILE)
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) await writeFileAtomic(file, [text])
}
