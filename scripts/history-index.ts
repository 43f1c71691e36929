import { join } from 'node:path'
import { messageOf } from '../harness/model/errors.ts'
import type { History } from '../harness/model/history.ts'
import { writeFileAtomic } from '../harness/record/atomic-file.ts'
import { historyPage } from '../reports/history/page.ts'

/**
 * Writes the page that links a suite's runs. Where it cannot be written, that is told, and nothing else comes of it.
 * @param dir the suite's folder of runs
 * @returns the page's path
 */
export async function writeHistoryIndex(
  history: History,
  dir: string,
  onWarning: (message: string) => void,
): Promise<string> {
  const file = join(dir, 'index.html')
  await writeFileAtomic(file, [historyPage(history)]).catch((error: unknown) => {
    onWarning(`the page of the suite's runs is not written: ${messageOf(error)}`)
  })
  return file
}
