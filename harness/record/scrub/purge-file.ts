import { chmod, stat } from 'node:fs/promises'
import { writeFileAtomic } from '../atomic-file.ts'
import type { Scrubber } from './scrubber.ts'
import { formatOf, linesOf } from './scan-file.ts'

const CHUNK_BYTES = 1024 * 1024

/** Hits by the name of their rule. */
export type HitCounts = Map<string, number>

/**
 * Takes out of a file what is found in it: the file is replaced as a whole, or stays as it is. All else of it stays, to the byte.
 * @throws HarnessError `incomplete` when the disk refuses
 */
export async function purgeFile(file: string, scrubber: Scrubber): Promise<HitCounts> {
  const { mode } = await stat(file)
  const counts: HitCounts = new Map()
  await writeFileAtomic(file, cleanChunks(file, scrubber, counts))
  await chmod(file, mode)
  return counts
}

async function* cleanChunks(
  file: string,
  scrubber: Scrubber,
  counts: HitCounts,
): AsyncGenerator<Uint8Array, void, undefined> {
  let parts: Buffer[] = []
  let bytes = 0
  for await (const { text, encoding } of linesOf(file)) {
    const { text: clean, hits } = scrubber.scrub(text, formatOf(file))
    addCounts(counts, hits)
    const part = Buffer.from(clean, encoding)
    parts.push(part)
    bytes += part.length
    if (bytes < CHUNK_BYTES) continue
    yield Buffer.concat(parts, bytes)
    parts = []
    bytes = 0
  }
  yield Buffer.concat(parts, bytes)
}

export function addCounts(counts: HitCounts, more: ReadonlyMap<string, number>): void {
  for (const [rule, count] of more) counts.set(rule, (counts.get(rule) ?? 0) + count)
}
