import { open } from 'node:fs/promises'
import { packedLines } from './packed-lines.ts'
import type { Scrubber } from './scrubber.ts'
import { joinKeys, readTextLines, type TextLine } from './read-lines.ts'

/** A line in which something was found. The secret is no part of it. */
export interface Hit {
  /** From 1. */
  readonly line: number
  readonly rule: string
  /** How often in this line. */
  readonly count: number
  /** What stands around the first one, masked. */
  readonly excerpt: string
}

/** What was found in a file. */
export interface FileHits {
  /** Absolute. */
  readonly file: string
  /** In all: the list is cut where there are very many. */
  readonly count: number
  readonly hits: readonly Hit[]
  /** True for what is no text: it cannot be scrubbed, only removed. */
  readonly binary: boolean
}

/** Lines that are listed of a file. */
const LISTED = 1000
const HEAD = 8192

/**
 * Looks through a file, a line at a time, and into what a page has packed. That can be found, and not taken out: such a page is to
 * be made again. Rejects with the system's error for one that cannot be read.
 */
export async function scanFile(file: string, scrubber: Scrubber): Promise<FileHits> {
  const hits: Hit[] = []
  let count = 0
  const look = (text: string, format: Format, line: number): void => {
    const scrubbed = scrubber.scrub(text, format)
    for (const [rule, times] of scrubbed.hits) {
      count += times
      if (hits.length < LISTED)
        hits.push({ line, rule, count: times, excerpt: scrubber.excerpt(scrubbed, rule) })
    }
  }
  for await (const { text, number } of linesOf(file)) {
    look(text, formatOf(file), number)
    for (const line of packedLines(text)) look(line, 'json', number)
  }
  return { file, count, hits, binary: count > 0 && (await isBinary(file)) }
}

type Format = 'json' | 'text'

/** JSON keeps its form line by line: no string of ours goes over several. */
export function formatOf(file: string): Format {
  return /\.jsonl?$/i.test(file) ? 'json' : 'text'
}

export function linesOf(file: string): AsyncIterable<TextLine> {
  const lines = readTextLines(file)
  return formatOf(file) === 'json' ? lines : joinKeys(lines)
}

async function isBinary(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead).includes(0)
  } finally {
    await handle.close()
  }
}
