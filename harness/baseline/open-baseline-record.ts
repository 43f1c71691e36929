import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Baseline } from '../model/baseline.ts'
import { HarnessError } from '../model/errors.ts'
import type { Run } from '../model/run.ts'
import { openRun } from '../record/open-run.ts'
import { withPrompts } from './with-prompts.ts'

const TOGETHER =
  'Restore both from git, or run `assay accept` again: they are written, and committed, together.'

/**
 * The folder that belongs to a baseline: texts of prompts, configs, replies, times and costs. Undefined where it is not there.
 * @param name what the folder is called in errors
 * @throws HarnessError `usage` when it is of another run than the baseline, or damaged
 */
export async function openBaselineRecord(
  dir: string,
  baseline: Baseline,
  name: string,
  onWarning?: (message: string) => void,
): Promise<Run | undefined> {
  const [manifest, journal] = await Promise.all([
    isFile(path.join(dir, 'manifest.json')),
    isFile(path.join(dir, 'trials.jsonl')),
  ])
  if (!manifest && !journal) {
    onWarning?.(
      `${name}, which belongs to the baseline, is not there: no replies, texts of prompts, latencies or costs of it are known`,
    )
    return undefined
  }
  if (!manifest || !journal)
    throw new HarnessError(
      'usage',
      `${name} is not whole: ${manifest ? 'trials.jsonl' : 'manifest.json'} is missing`,
      { hint: TOGETHER },
    )
  const run = await openRun(dir, dir)
  if (run.manifest.id !== baseline.run)
    throw new HarnessError(
      'usage',
      `${name} is of run ${run.manifest.id}, and the baseline beside it of run ${baseline.run}`,
      { hint: TOGETHER },
    )
  return withPrompts(run)
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true
}
