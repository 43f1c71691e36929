import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

/** A line of a file with its line break, or the lines of a private key. */
export interface TextLine {
  readonly text: string
  /** latin1 for what is no UTF-8: a byte each, to be written back as it was. */
  readonly encoding: 'utf8' | 'latin1'
  /** Of its first line, from 1. */
  readonly number: number
}

const NEWLINE = 0x0a
const LONGEST_KEY = 64 * 1024

/** The lines of a file, of which only one is held at a time. Rejects with the system's error. */
export async function* readTextLines(file: string): AsyncGenerator<TextLine, void, undefined> {
  let number = 1
  for await (const line of wholeLines(file)) {
    const encoding = isUtf8(line) ? 'utf8' : 'latin1'
    yield { text: line.toString(encoding), encoding, number }
    number++
  }
}

/** The lines of a private key at once: none of them says what it is. */
export async function* joinKeys(lines: AsyncIterable<TextLine>): AsyncGenerator<TextLine, void, undefined> {
  let held: TextLine | undefined
  for await (const line of lines) {
    const joined: TextLine =
      held === undefined || held.encoding !== line.encoding ? line : { ...held, text: held.text + line.text }
    if (held !== undefined && joined === line) yield held
    held = isOpen(joined.text) ? joined : undefined
    if (held === undefined) yield joined
  }
  if (held !== undefined) yield held
}

function isOpen(text: string): boolean {
  const start = text.lastIndexOf('-----BEGIN')
  return start !== -1 && text.length < LONGEST_KEY && !text.includes('-----END', start)
}

async function* wholeLines(file: string): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = []
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const rest = chunk.subarray(start, end + 1)
      yield parts.length === 0 ? rest : Buffer.concat([...parts, rest])
      parts = []
      start = end + 1
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
  }
  if (parts.length > 0) yield Buffer.concat(parts)
}
