import { readFile } from 'node:fs/promises'
import { formatBaseline, hashOf } from '../../baseline/format.ts'
import type { Baseline } from '../../model/baseline.ts'
import { writeFileAtomic } from '../atomic-file.ts'
import { scrubbingOf } from './note.ts'
import type { HitCounts } from './purge-file.ts'
import { purgeFile } from './purge-file.ts'
import type { Scrubber } from './scrubber.ts'
import { scrubbedId } from './scrubber.ts'

/**
 * As `purgeFile`, for a `baseline.json`: what was taken out is noted in it, and its hash is that of what it holds now. One that was
 * edited by hand stays what it was, a baseline that is refused.
 */
export async function purgeBaseline(file: string, scrubber: Scrubber, at: Date): Promise<HitCounts> {
  const { hash, ...before } = JSON.parse(await readFile(file, 'utf8')) as Baseline
  if (hashOf({ ...before }) !== hash) return purgeFile(file, scrubber)
  const { text, hits } = scrubber.scrub(JSON.stringify(before), 'json')
  const { v, scrubbed = [], ...clean } = JSON.parse(text) as Omit<Baseline, 'hash'>
  const cases = clean.cases.map((each, i) => {
    const was = before.cases[i]?.id ?? each.id
    return each.id === was ? each : { ...each, id: scrubbedId(was) }
  })
  const content = {
    ...clean,
    cases: cases.sort((a, b) => (a.id < b.id ? -1 : 1)),
    scrubbed: [...scrubbed, scrubbingOf(hits, at)],
  }
  await writeFileAtomic(file, [formatBaseline({ v, hash: hashOf({ v, ...content }), ...content })])
  return new Map(hits)
}
