import { createReadStream } from 'node:fs'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { JournalLine, Trial } from '../model/trial.ts'

const FORMAT = 1

/**
 * The lines of a journal, one at a time: memory is bounded by the longest line. A last line without its end, which
 * a crash leaves behind, was never acknowledged: it is left out, and `onWarning` is told.
 * Throws a `HarnessError` (`usage`) on a missing file, a damaged line, and a line of another format version.
 */
export async function* readJournal(
  file: string,
  onWarning?: (message: string) => void,
): AsyncGenerator<JournalLine, void, undefined> {
  for await (const { line } of readPlaced(file, ['call', 'trial'], onWarning)) yield line
}

/** The trials of a journal, in the order they finished. */
export async function* readTrials(
  file: string,
  onWarning?: (message: string) => void,
): AsyncGenerator<Trial, void, undefined> {
  for await (const { line } of readPlaced(file, ['trial'], onWarning)) if (line.kind === 'trial') yield line
}

/** A line with its place in the file: where it begins and how long it is, in bytes. */
export interface PlacedLine {
  readonly line: JournalLine
  readonly start: number
  readonly bytes: number
}

/** Lines of the kinds asked for; others are passed over without being parsed, where they begin as we write them. */
export async function* readPlaced(
  file: string,
  kinds: readonly JournalLine['kind'][],
  onWarning: (message: string) => void = () => undefined,
): AsyncGenerator<PlacedLine, void, undefined> {
  const passedOver = (['call', 'trial'] as const)
    .filter((kind) => !kinds.includes(kind))
    .map((kind) => `{"v":${FORMAT},"kind":"${kind}",`)
  let number = 0
  for await (const { text, whole, start, bytes } of readLines(file)) {
    number++
    if (!whole)
      onWarning(`${file}:${number}: the last line is cut off and was left out; its cell counts as absent`)
    else if (!passedOver.some((head) => text.startsWith(head)))
      yield { line: parseJournalLine(text, { file, line: number }), start, bytes }
  }
}

interface Line {
  readonly text: string
  readonly start: number
  readonly bytes: number
  /** False when the file ended before the line did. */
  readonly whole: boolean
}

/** Splits at newlines, and decodes whole lines only: a character may lie across two chunks. */
async function* readLines(file: string): AsyncGenerator<Line, void, undefined> {
  let parts: Buffer[] = []
  let position = 0
  const finish = (end: Buffer, whole: boolean): Line => {
    const line = parts.length === 0 ? end : Buffer.concat([...parts, end])
    parts = []
    const start = position
    position += line.length + 1
    return { text: line.toString(), whole, start, bytes: line.length }
  }
  for await (const chunk of readChunks(file)) {
    let start = 0
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      yield finish(chunk.subarray(start, end), true)
      start = end + 1
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
  }
  if (parts.length > 0) yield finish(Buffer.alloc(0), false)
}

async function* readChunks(file: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>
  } catch (error) {
    throw new HarnessError('usage', `${file} cannot be read: ${messageOf(error)}`, {
      hint: 'Name a run folder that holds a trials.jsonl.',
      cause: error,
    })
  }
}

export function parseJournalLine(
  text: string,
  at: { readonly file: string; readonly line: number },
): JournalLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new HarnessError('usage', `the journal is damaged: ${messageOf(error)}`, { at, cause: error })
  }
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
