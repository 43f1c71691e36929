import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError } from '../model/errors.ts'
import { replyKey, type Review } from '../model/review.ts'
import type { Run } from '../model/run.ts'
import { openRun } from '../record/open-run.ts'
import { newestBy, sortReviews } from './order-reviews.ts'
import { readStoredReviews } from './stored-reviews.ts'

/**
 * What reviewers said of this run's replies, and of replies in the runs beside it of the same suite: the newest word on each
 * reply. What of it cannot be read is told, and left out.
 */
export async function readReviews(
  run: Run,
  onWarning: (message: string) => void,
): Promise<readonly Review[]> {
  const beside = await foldersBeside(run.dir)
  const found: Review[] = []
  // A word of this run's own goes before another's of the same time.
  for (const dir of [...beside, run.dir]) {
    const reviews = await readOrTell(dir, onWarning)
    if (reviews.length > 0 && (dir === run.dir || (await isOfSuite(dir, run)))) found.push(...reviews)
  }
  return sortReviews(newestBy(found, replyKey).values())
}

async function readOrTell(dir: string, onWarning: (message: string) => void): Promise<readonly Review[]> {
  try {
    return await readStoredReviews(dir)
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    onWarning(`the reviews in ${dir} are left out: ${error.message}`)
    return []
  }
}

async function foldersBeside(dir: string): Promise<string[]> {
  const parent = path.dirname(dir)
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => path.join(parent, entry.name))
    .filter((folder) => folder !== dir)
    .sort()
}

/** With `--out`, runs of any suite may lie side by side. */
async function isOfSuite(dir: string, { manifest }: Run): Promise<boolean> {
  const other = await openRun(dir, dir).catch(() => undefined)
  return other?.manifest.suite.name === manifest.suite.name
}
