import { closeSync, openSync, readSync } from 'node:fs'
import type { ColumnName } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import type { Trial } from '../model/trial.ts'
import type { Place } from '../record/read-journal.ts'
import { readPlaced } from '../record/read-journal.ts'
import { stripReplies } from './strip-replies.ts'

const CHUNK_CHARACTERS = 1024 * 1024

interface SortOptions {
  /** In the order that their lines are to stand in; cells of others are left out. */
  readonly columns: readonly ColumnName[]
  /** False leaves out the calls, and what the trials quote of replies. */
  readonly replies: boolean
  readonly redact: (json: string) => string
  readonly onWarning?: ((message: string) => void) | undefined
}

/** Where the lines of one cell are. */
interface CellPlaces {
  readonly calls: Place[]
  trial?: Place & { readonly column: number; readonly caseId: string; readonly repeat: number }
}

/**
 * The lines of a journal by column, case and repeat, each cell's calls before its trial; calls that belong to no cell come last.
 * Only the places of the lines are held, so that memory does not grow with the replies. A cell without a trial is left out.
 */
export async function* sortedJournal(
  file: string,
  options: SortOptions,
): AsyncGenerator<string, void, undefined> {
  const { columns, replies, redact, onWarning } = options
  const cells = await placesOf(file, columns, onWarning)
  const sorted = [...cells.values()].flatMap(({ calls, trial }) =>
    trial === undefined ? [] : { calls, trial },
  )
  sorted.sort(({ trial: a }, { trial: b }) => {
    if (a.column !== b.column) return a.column - b.column
    if (a.caseId !== b.caseId) return a.caseId < b.caseId ? -1 : 1
    return a.repeat - b.repeat
  })

  const source = openSync(file, 'r')
  try {
    let chunk = ''
    for (const { calls, trial } of sorted) {
      if (replies) for (const call of calls) chunk += `${redact(lineAt(source, call))}\n`
      chunk += `${redact(trialLine(lineAt(source, trial), replies, calls.length > 0))}\n`
      if (chunk.length < CHUNK_CHARACTERS) continue
      yield chunk
      chunk = ''
    }
    for (const call of replies ? (cells.get('')?.calls ?? []) : [])
      chunk += `${redact(lineAt(source, call))}\n`
    yield chunk
  } finally {
    closeSync(source)
  }
}

async function placesOf(
  file: string,
  columns: readonly ColumnName[],
  onWarning: SortOptions['onWarning'],
): Promise<Map<string, CellPlaces>> {
  const indices = new Map(columns.map((column, index) => [columnName(column), index]))
  const cells = new Map<string, CellPlaces>()
  const cellOf = (id: string): CellPlaces => {
    const known = cells.get(id)
    if (known !== undefined) return known
    const made: CellPlaces = { calls: [] }
    cells.set(id, made)
    return made
  }
  for await (const { line, start, bytes } of readPlaced(file, ['call', 'trial'], onWarning)) {
    if (line.kind === 'call') {
      cellOf(line.cellId).calls.push({ start, bytes })
      continue
    }
    const column = indices.get(columnName(line.cell))
    if (column === undefined) continue
    const { id, caseId, repeat } = line.cell
    // Of two trials of a cell the first counts, as everywhere.
    cellOf(id).trial ??= { start, bytes, column, caseId, repeat }
  }
  return cells
}

/** Read at once and not awaited: a hundred thousand awaited reads take seconds. */
function lineAt(source: number, { start, bytes }: Place): string {
  const buffer = Buffer.allocUnsafe(bytes)
  for (let read = 0; read < bytes;) {
    const more = readSync(source, buffer, read, bytes - read, start + read)
    if (more === 0) throw new Error('the journal became shorter while it was read')
    read += more
  }
  return buffer.toString()
}

/** What a prompt says stands in the line of its call: a second time it would be a third of the file. */
function trialLine(line: string, replies: boolean, hasCalls: boolean): string {
  if (replies && !hasCalls) return line
  const trial = JSON.parse(line) as Trial
  return JSON.stringify(replies ? { ...trial, request: { prompt: '' } } : stripReplies(trial))
}
