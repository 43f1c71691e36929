import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError, messageOf } from '../../model/errors.ts'
import type { Call } from '../../model/trial.ts'
import { writeFileAtomic } from '../atomic-file.ts'
import type { Place } from '../read-journal.ts'
import { parseJournalLine, readPlaced } from '../read-journal.ts'
import { Cassette } from './cassette.ts'
import { columnFile, GRADERS_FILE } from './folder.ts'
import type { LineHead } from './line.ts'
import { cassetteLine } from './line.ts'
import { PlacedFile } from './placed-file.ts'

/** Characters handed to the disk at once. */
const CHUNK = 64 * 1024

interface WriteOptions {
  readonly dir: string
  /** `trials.jsonl` of the run: the calls of cells that have a trial are taken over. */
  readonly journal: string
  /** True for an unfiltered run in which every cell finished: what it did not use is dropped. Otherwise it only adds. */
  readonly isWhole: boolean
}

/** One line to be: which reply, and how to get its text when its turn comes. */
interface Line extends LineHead {
  readonly text: () => string
}

/** Lines by file, then by what they are: a reply is never there twice. */
type Lines = Map<string, Map<string, Line>>

/**
 * Brings a suite's cassette up to date with a run. A reply that stands there stays as it is, to the byte; files are
 * replaced one by one, each whole. Returns how many replies were added and dropped.
 * @throws HarnessError `usage` for a damaged cassette, `incomplete` when it cannot be written
 */
export async function writeCassette(options: WriteOptions): Promise<{ added: number; dropped: number }> {
  const { dir, journal, isWhole } = options
  const cassette = await Cassette.open(dir)
  const source = new PlacedFile(journal)
  try {
    const before: Lines = new Map()
    for (const entry of cassette?.entries ?? [])
      put(before, entry.file, { ...entry, text: () => cassette?.read(entry) ?? '' })
    const after: Lines = new Map()
    let added = 0
    for await (const { file, head, place } of repliesOf(journal)) {
      const known = before.get(file)?.get(identityOf(head))
      const isNew = put(after, file, known ?? { ...head, text: () => convert(source.read(place), head) })
      if (isNew && known === undefined) added++
    }
    let dropped = 0
    for (const [file, lines] of before)
      for (const [identity, line] of lines) {
        if (after.get(file)?.has(identity) === true) continue
        if (isWhole) dropped++
        else put(after, file, line)
      }
    if (added > 0 || dropped > 0 || cassette === undefined) await replace(dir, before, after)
    return { added, dropped }
  } finally {
    source.close()
    cassette?.close()
  }
}

interface PlacedReply {
  readonly file: string
  readonly head: LineHead
  readonly place: Place
}

/**
 * The replies of a journal that can be replayed, with the columns and cases they belong to. A cell's trial comes after its calls.
 */
async function* repliesOf(journal: string): AsyncGenerator<PlacedReply, void> {
  const cells = new Map<string, { readonly case: string; readonly repeat: number; readonly file: string }>()
  const calls: { cellId: string; role: Call['role']; attempt: number; key: string; place: Place }[] = []
  for await (const { line, start, bytes } of readPlaced(journal, ['call', 'trial'])) {
    if (line.kind === 'trial') {
      const { id, caseId, repeat, prompt, provider } = line.cell
      cells.set(id, { case: caseId, repeat, file: columnFile(prompt, provider) })
    } else if (line.key !== undefined && line.result.reply !== undefined) {
      const { cellId, role, attempt, key } = line
      calls.push({ cellId, role, attempt, key, place: { start, bytes } })
    }
  }
  for (const { cellId, role, attempt, key, place } of calls) {
    // What compares whole columns is asked for no single cell.
    const cell =
      cells.get(cellId) ?? (cellId === '' ? { case: '', repeat: 0, file: GRADERS_FILE } : undefined)
    if (cell === undefined) continue
    const { case: caseId, repeat } = cell
    yield {
      file: role === 'grader' ? GRADERS_FILE : cell.file,
      head: { case: caseId, repeat, attempt, key },
      place,
    }
  }
}

function convert(text: string, head: LineHead): string {
  return cassetteLine(head, parseJournalLine(text, { file: 'trials.jsonl', line: 1 }) as Call)
}

/** False when it was there. */
function put(lines: Lines, file: string, line: Line): boolean {
  let own = lines.get(file)
  if (own === undefined) lines.set(file, (own = new Map()))
  const identity = identityOf(line)
  if (own.has(identity)) return false
  own.set(identity, line)
  return true
}

function identityOf({ case: caseId, repeat, attempt, key }: LineHead): string {
  return `${key} ${repeat} ${attempt} ${caseId}`
}

async function replace(dir: string, before: Lines, after: Lines): Promise<void> {
  try {
    await mkdir(dir, { recursive: true })
  } catch (error) {
    throw new HarnessError('incomplete', `the cassette ${dir} cannot be made: ${messageOf(error)}`, {
      cause: error,
    })
  }
  for (const [file, lines] of after) {
    const sorted = [...lines.values()].toSorted(compareHeads)
    await writeFileAtomic(path.join(dir, file), chunks(sorted))
  }
  for (const file of before.keys()) if (!after.has(file)) await rm(path.join(dir, file), { force: true })
}

function* chunks(lines: readonly Line[]): Generator<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += `${line.text()}\n`
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}

function compareHeads(a: LineHead, b: LineHead): number {
  return (
    compareText(a.case, b.case) || a.repeat - b.repeat || a.attempt - b.attempt || compareText(a.key, b.key)
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
