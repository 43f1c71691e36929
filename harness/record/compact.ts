import path from 'node:path'
import type { Call, JournalLine } from '../model/trial.ts'
import { syncFolder, writeFileAtomic } from './atomic-file.ts'
import { openJournal } from './journal.ts'
import { readJournal, readPlaced } from './read-journal.ts'

/** What a journal no longer holds is kept here: it was paid for. */
export const SUPERSEDED_FILE = 'superseded.jsonl'
const JOURNAL_FILE = 'trials.jsonl'

const CHUNK_CHARACTERS = 1024 * 1024
const LINES_AT_ONCE = 1000

/**
 * Takes lines out of a journal: they are moved to `superseded.jsonl` first, then the journal is replaced as a whole. A crash
 * at any moment leaves the journal as it was or as it is to be; at worst lines are kept twice.
 * @param keeps makes what is asked once of each line, in order
 * @throws HarnessError `incomplete` when the disk refuses; `usage` when the journal is damaged
 */
export async function compactJournal(
  dir: string,
  keeps: () => (line: JournalLine) => boolean,
): Promise<void> {
  await moveLines(dir, { from: JOURNAL_FILE, to: SUPERSEDED_FILE, keeps })
}

/**
 * Brings calls back from `superseded.jsonl`: those of cells that are planned once more as they were then, and were answered.
 * @param lacking the digests of the variables of cells of which nothing is on record, by id
 */
export async function restoreCalls(
  dir: string,
  lacking: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  const isOf = (line: JournalLine): line is Call =>
    line.kind === 'call' &&
    lacking.has(line.cellId) &&
    // What a grader was asked for other variables under the same id is no part of what the cell took.
    (line.varsHash === lacking.get(line.cellId) || (line.role === 'grader' && line.varsHash === undefined))
  const answered = new Set<string>()
  for await (const line of readJournal(path.join(dir, SUPERSEDED_FILE))) {
    if (!isOf(line) || line.role === 'grader') continue
    // What failed at last is asked again.
    if (line.result.reply === undefined) answered.delete(line.cellId)
    else answered.add(line.cellId)
  }
  if (answered.size === 0) return
  const comesBack = (line: JournalLine): boolean => isOf(line) && answered.has(line.cellId)
  await moveLines(dir, { from: SUPERSEDED_FILE, to: JOURNAL_FILE, keeps: () => (line) => !comesBack(line) })
}

interface Moving {
  readonly from: string
  readonly to: string
  readonly keeps: () => (line: JournalLine) => boolean
}

async function moveLines(dir: string, { from, to, keeps }: Moving): Promise<void> {
  const file = path.join(dir, from)
  await moveOut(file, path.join(dir, to), keeps())
  await writeFileAtomic(file, keptChunks(file, keeps()))
  await syncFolder(dir)
}

async function moveOut(from: string, to: string, keeps: (line: JournalLine) => boolean): Promise<void> {
  const target = await openJournal(to, { redact: (json) => json, append: true })
  try {
    const writing: Promise<unknown>[] = []
    for await (const line of readJournal(from)) {
      if (!keeps(line)) writing.push(target.write(line))
      if (writing.length >= LINES_AT_ONCE) await Promise.all(writing.splice(0))
    }
    await Promise.all(writing)
  } finally {
    await target.close()
  }
}

/** The lines that are kept, as they stand in the file. */
async function* keptChunks(
  journal: string,
  keeps: (line: JournalLine) => boolean,
): AsyncGenerator<string, void> {
  let chunk = ''
  for await (const { line, text } of readPlaced(journal, ['call', 'trial'])) {
    if (keeps(line)) chunk += `${text}\n`
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}
