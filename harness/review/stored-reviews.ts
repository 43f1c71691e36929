import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Review } from '../model/review.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import { writeJson } from '../record/atomic-file.ts'
import { errorCode } from '../record/disk-error.ts'
import { jsonMistake } from '../record/json-mistake.ts'
import { reviewsSchema } from '../record/schema/review.ts'

/** What reviewers said of a run's replies, in its folder. */
export const REVIEWS_FILE = 'reviews.json'

const FORMAT = 1
const MEND = 'Mend it, or remove it and bind the downloaded review.json files again.'

/**
 * The reviews that a run folder keeps; none where nobody has reviewed it.
 * @throws HarnessError `usage` for a file that cannot be read, is damaged, or was written by a newer version
 */
export async function readStoredReviews(dir: string): Promise<readonly Review[]> {
  const file = path.join(dir, REVIEWS_FILE)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    // A folder whose parent is a file is no folder of a run either.
    if (errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR') return []
    throw new HarnessError('usage', `the reviews in ${file} cannot be read: ${messageOf(cause)}`, { cause })
  }
  return parseStored(text, file)
}

/**
 * @param redact takes out of them what is secret: see `makeRedactor`
 * @throws HarnessError `incomplete` when the disk refuses
 */
export async function writeReviews(
  dir: string,
  reviews: readonly Review[],
  redact: (json: string) => string,
): Promise<void> {
  await writeJson(dir, REVIEWS_FILE, { v: FORMAT, reviews }, redact)
}

function parseStored(text: string, file: string): readonly Review[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const { isCutOff, said, at } = jsonMistake(text, file, cause)
    const why = isCutOff ? 'the file is cut off' : `the file is not JSON: ${said}`
    throw new HarnessError('usage', why, { at, hint: MEND, cause })
  }
  const parsed = reviewsSchema.safeParse(value)
  if (parsed.success) return parsed.data.reviews
  const { v } = (value ?? {}) as { readonly v?: unknown }
  if (typeof v === 'number' && v > FORMAT)
    throw new HarnessError(
      'usage',
      `${file} was written by a newer version of assay (format ${v}, this one reads ${FORMAT})`,
      { hint: 'Update assay.' },
    )
  const [issue] = parsed.error.issues
  throw new HarnessError(
    'usage',
    `${file} is damaged: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    {
      hint: MEND,
    },
  )
}
