import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '../model/run.ts'
import { openRun } from '../record/open-run.ts'
import type { Reruns } from './rerun.ts'

/**
 * What a run on record has run again already: nothing is called.
 * @param baselineRun id of the run that it is compared with now; replies of another baseline say nothing of it
 */
export function recordedReruns({ dir, manifest }: Run, baselineRun: string): Reruns {
  return async ({ name }) => {
    const child = join(dir, name)
    // Compared with another column of its own, a run has no baseline but itself.
    const isSame = (manifest.baseline?.run ?? manifest.id) === baselineRun
    if (!isSame || !existsSync(join(child, 'manifest.json'))) return { why: 'nothing is called here' }
    const run = await openRun(child, child)
    const { incomplete: [missing] = [], endedAt } = run.manifest
    const why = endedAt === undefined ? 'it was cut short' : missing?.message
    return { run, ...(why !== undefined && { why }) }
  }
}
