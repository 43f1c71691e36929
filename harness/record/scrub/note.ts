import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Manifest, Scrubbing } from '../../model/run.ts'
import { writeJson } from '../atomic-file.ts'

const AS_IT_IS = (json: string): string => json

/** Beside the replies of a cassette, which are the folder's `.jsonl` files. */
export const CASSETTE_NOTE = 'scrubbed.json'

/** What is noted of a purge: that it was, not what was found. */
export function scrubbingOf(counts: ReadonlyMap<string, number>, at: Date): Scrubbing {
  const hits = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { at: at.toISOString(), rules: [...counts.keys()].sort(), hits }
}

/** Notes a purge in the manifest of a run. */
export async function noteInRun(dir: string, scrubbing: Scrubbing): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(dir, 'manifest.json'), 'utf8')) as Manifest
  const { scrubbed = [] } = manifest
  await writeJson(dir, 'manifest.json', { ...manifest, scrubbed: [...scrubbed, scrubbing] }, AS_IT_IS)
}

/** Notes a purge beside the replies of a cassette. */
export async function noteInCassette(dir: string, scrubbing: Scrubbing): Promise<void> {
  const before = await readFile(path.join(dir, CASSETTE_NOTE), 'utf8').then(
    (text) => (JSON.parse(text) as { scrubbed?: Scrubbing[] }).scrubbed ?? [],
    () => [],
  )
  await writeJson(dir, CASSETTE_NOTE, { v: 1, scrubbed: [...before, scrubbing] }, AS_IT_IS)
}
