import { createReadStream } from 'node:fs'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { JournalLine, Trial } from '../model/trial.ts'

const FORMAT = 1

/**
 * The lines of a journal, one at a time: memory is bounded by the longest line. What a crash leaves at the end, a line
 * cut off or damaged, was never acknowledged: it is left out, and `onWarning` is told.
 * Throws a `HarnessError` (`usage`) on a missing file, a damaged line, and a line of another format version.
 * @param upTo bytes to be read, of a journal that grows
 */
export async function* readJournal(
  file: string,
  onWarning?: (message: string) => void,
  upTo?: number,
): AsyncGenerator<JournalLine, void, undefined> {
  for await (const { line } of readPlaced(file, ['call', 'trial'], onWarning, upTo)) yield line
}

/** The trials of a journal, in the order they finished: one a cell, the first. */
export async function* readTrials(
  file: string,
  onWarning?: (message: string) => void,
  upTo?: number,
): AsyncGenerator<Trial, void, undefined> {
  const seen = new Set<string>()
  for await (const { line } of readPlaced(file, ['trial'], onWarning, upTo)) {
    if (line.kind !== 'trial') continue
    // Looked up once and not twice: there may be a hundred thousand of them.
    const before = seen.size
    if (seen.add(line.cell.id).size > before) yield line
  }
}

/** Where a line begins and how long it is without its line break, in bytes. */
export interface Place {
  readonly start: number
  readonly bytes: number
}

/** A line with its place in the file. */
export interface PlacedLine extends Place {
  readonly line: JournalLine
  /** Its number, from 1. */
  readonly number: number
  /** As it was written. */
  readonly text: string
}

/**
 * Lines of the kinds asked for; others are passed over without being decoded or parsed, where they begin as we write them: in a
 * long journal that is most of it.
 */
export async function* readPlaced(
  file: string,
  kinds: readonly JournalLine['kind'][],
  onWarning: (message: string) => void = () => undefined,
  upTo?: number,
): AsyncGenerator<PlacedLine, void, undefined> {
  const passedOver = (['call', 'trial'] as const)
    .filter((kind) => !kinds.includes(kind))
    .map((kind) => Buffer.from(`{"v":${FORMAT},"kind":"${kind}",`))
  let number = 0
  let damaged: HarnessError | undefined
  for await (const lines of readLines(file, upTo)) {
    for (const { content, whole, start } of lines) {
      number++
      if (whole && passedOver.some((head) => beginsWith(content, head))) {
        if (damaged !== undefined) throw damaged
        continue
      }
      const at = { file, line: number }
      const text = content.toString()
      const value = parseJson(text, at)
      if (!whole || value instanceof HarnessError) {
        damaged ??= value instanceof HarnessError ? value : damage('the line has no end', at)
        continue
      }
      if (damaged !== undefined) throw damaged
      yield { line: asJournalLine(value, at), number, text, start, bytes: content.length }
    }
  }
  if (damaged !== undefined)
    onWarning(
      `${file}:${damaged.at?.line}: the last line is cut off or damaged and was left out; its cell counts as absent`,
    )
}

function beginsWith(content: Buffer, head: Buffer): boolean {
  return content.length >= head.length && content.compare(head, 0, head.length, 0, head.length) === 0
}

interface Line {
  /** Its bytes, without the line break: a part of what was read, good until the next lines are. */
  readonly content: Buffer
  readonly start: number
  /** False when the file ended before the line did. */
  readonly whole: boolean
}

/** Splits at newlines, all lines of a chunk at once. Whole lines are decoded only: a character may lie across two chunks. */
async function* readLines(
  file: string,
  upTo: number | undefined,
): AsyncGenerator<readonly Line[], void, undefined> {
  let parts: Buffer[] = []
  let position = 0
  const finish = (end: Buffer, whole: boolean): Line => {
    const content = parts.length === 0 ? end : Buffer.concat([...parts, end])
    parts = []
    const start = position
    position += content.length + 1
    return { content, whole, start }
  }
  for await (const chunk of readChunks(file, upTo)) {
    const lines: Line[] = []
    let start = 0
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      lines.push(finish(chunk.subarray(start, end), true))
      start = end + 1
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (parts.length > 0) yield [finish(Buffer.alloc(0), false)]
}

async function* readChunks(file: string, upTo = Infinity): AsyncGenerator<Buffer, void, undefined> {
  if (upTo === 0) return
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024, end: upTo - 1 }) as AsyncIterable<Buffer>
  } catch (error) {
    throw new HarnessError('usage', `${file} cannot be read: ${messageOf(error)}`, {
      hint: 'Name a run folder that holds a trials.jsonl.',
      cause: error,
    })
  }
}

interface LinePlace {
  readonly file: string
  readonly line: number
}

/** @throws HarnessError `usage` for a line that is damaged, or of another format version */
export function parseJournalLine(text: string, at: LinePlace): JournalLine {
  const value = parseJson(text, at)
  if (value instanceof HarnessError) throw value
  return asJournalLine(value, at)
}

/** Damage is returned: at the end of a journal it is no error. */
function parseJson(text: string, at: LinePlace): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return damage(messageOf(error), at, error)
  }
}

function damage(why: string, at: LinePlace, cause?: unknown): HarnessError {
  return new HarnessError('usage', `the journal is damaged: ${why}`, {
    at,
    hint: 'Remove this line, then `assay resume` on the run folder runs its cell again.',
    cause,
  })
}

function asJournalLine(value: unknown, at: LinePlace): JournalLine {
  if (isJournalLine(value)) return value
  throw new HarnessError('usage', `expected a call or a trial of format version ${FORMAT}`, {
    at,
    hint: 'The record was written by another version of assay: read it with that one.',
  })
}

/** The members of a line are trusted: the journal is ours. `tests/harness/record/schema` holds them to the schema. */
function isJournalLine(value: unknown): value is JournalLine {
  return (
    typeof value === 'object' &&
    value !== null &&
    'v' in value &&
    value.v === FORMAT &&
    'kind' in value &&
    (value.kind === 'trial' || value.kind === 'call')
  )
}
