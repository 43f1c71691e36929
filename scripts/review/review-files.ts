import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { ReviewFile } from '../../harness/model/review.ts'
import { errorCode } from '../../harness/record/disk-error.ts'
import { parseReviewFile } from '../../harness/review/read-review-file.ts'
import { nearby } from '../../harness/suite/config/paths.ts'

const STDIN = '-'

/** What errors call standard input. */
const STDIN_NAME = '(stdin)'

/** A review file with its path. */
export type NamedReview = ReviewFile & { readonly name: string }

/**
 * Reads files as the page downloads them; `-` is standard input.
 * @throws HarnessError for one that is not there or is no review
 */
export async function readReviewFiles(files: readonly string[], cwd: string): Promise<NamedReview[]> {
  if (files.filter((file) => file === STDIN).length > 1)
    throw new HarnessError('usage', 'standard input (-) is named twice, and can be read once')
  const read: NamedReview[] = []
  for (const file of files) {
    const name = file === STDIN ? STDIN_NAME : resolve(cwd, file)
    const content = file === STDIN ? await text(process.stdin) : await readText(name)
    read.push({ ...parseReviewFile(content, name), name })
  }
  return read
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT')
      throw new HarnessError('usage', `there is no review ${file}`, {
        hint: nearby(file, dirname(file)),
        cause,
      })
    if (errorCode(cause) === 'EISDIR')
      throw new HarnessError('usage', `${file} is a folder`, {
        hint: `Name the review in it, such as ${join(file, 'review.json')}.`,
        cause,
      })
    throw new HarnessError('usage', `the review ${file} cannot be read: ${messageOf(cause)}`, { cause })
  }
}
