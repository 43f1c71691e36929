import path from 'node:path'
import type { JournalLine } from '../model/trial.ts'
import { syncFolder, writeFileAtomic } from './atomic-file.ts'
import { openJournal } from './journal.ts'
import { readJournal, readPlaced } from './read-journal.ts'

/** What a journal no longer holds is kept here: it was paid for. */
export const SUPERSEDED_FILE = 'superseded.jsonl'

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
  const journal = path.join(dir, 'trials.jsonl')
  await moveOut(journal, path.join(dir, SUPERSEDED_FILE), keeps())
  await writeFileAtomic(journal, keptChunks(journal, keeps()))
  await syncFolder(dir)
}

async function moveOut(journal: string, file: string, keeps: (line: JournalLine) => boolean): Promise<void> {
  const superseded = await openJournal(file, { redact: (json) => json, append: true })
  try {
    const writing: Promise<unknown>[] = []
    for await (const line of readJournal(journal)) {
      if (!keeps(line)) writing.push(superseded.write(line))
      if (writing.length >= LINES_AT_ONCE) await Promise.all(writing.splice(0))
    }
    await Promise.all(writing)
  } finally {
    await superseded.close()
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
