import { columnName } from '../../harness/model/column-name.ts'
import type { Review } from '../../harness/model/review.ts'
import type { Run } from '../../harness/model/run.ts'
import { openRecord } from '../../harness/open-record.ts'
import { lockRun } from '../../harness/record/lock.ts'
import type { Redactor } from '../../harness/record/redact.ts'
import { withSurroundings } from '../../harness/report-input.ts'
import type { Bound } from '../../harness/review/bind-reviews.ts'
import { bindReviews } from '../../harness/review/bind-reviews.ts'
import type { Merged } from '../../harness/review/merge-reviews.ts'
import { mergeReviews } from '../../harness/review/merge-reviews.ts'
import { readStoredReviews, writeReviews } from '../../harness/review/stored-reviews.ts'
import { counted } from '../../reports/format/figures.ts'
import { oneLine } from '../../reports/format/plain.ts'
import { writeKeptReports } from '../reporters.ts'
import type { NamedReview } from './review-files.ts'

/** Cells that are told of one by one. */
const TOLD = 10

interface BindOptions {
  readonly by: string | undefined
  readonly redact: Redactor
  readonly onWarning: (message: string) => void
}

/** What a run keeps from now on, and every review that holds for its replies. */
export interface BoundFiles {
  readonly merged: Merged
  readonly reviews: readonly Review[]
}

/**
 * Binds review files to a run's replies, keeps them in its folder, and renders its reports again. While it does, nobody else may
 * write the folder.
 * @throws HarnessError when the run is being written, did not come to its end, or is not the one that was reviewed
 */
export async function bindFiles(
  { dir }: Run,
  files: readonly NamedReview[],
  { by, redact, onWarning }: BindOptions,
): Promise<BoundFiles> {
  const lock = await lockRun(dir, () => new Date())
  try {
    const record = await openRecord(dir, dir)
    const stored = await readStoredReviews(dir)
    const bound = await bindReviews(record.run, files.map(notAhead), by)
    tellOdd(bound, onWarning)
    const merged = mergeReviews(stored, bound.reviews)
    if (merged.added + merged.replaced > 0) await writeReviews(dir, merged.reviews, redact)
    const input = await withSurroundings(record, onWarning)
    await writeKeptReports(input)
    return { merged, reviews: input.reviews ?? [] }
  } finally {
    await lock.release()
  }
}

/** A mark made by a clock that runs ahead is taken as of now: else no later word would ever replace it. */
function notAhead(file: NamedReview): NamedReview {
  const now = new Date()
  const reviews = file.reviews.map((cell) =>
    Date.parse(cell.at) > now.getTime() ? { ...cell, at: now.toISOString() } : cell,
  )
  return { ...file, reviews }
}

function tellOdd({ reviews, otherOutcome, withoutReply }: Bound, onWarning: (message: string) => void): void {
  if (reviews.length + withoutReply.length === 0)
    onWarning('no cell is marked in it: there is nothing to keep')
  for (const { review, outcome } of otherOutcome.slice(0, TOLD)) {
    const { caseId, column, repeat } = review
    const cell = `${caseId} in ${columnName(column)}${repeat === 0 ? '' : `, repeat ${repeat + 1}`}`
    onWarning(
      `${oneLine(cell)}: its outcome was ${review.outcome} when it was reviewed, and is ${outcome} in the record; the mark is kept as it was meant`,
    )
  }
  if (otherOutcome.length > TOLD)
    onWarning(`${counted(otherOutcome.length - TOLD, 'more cell')} had another outcome when reviewed`)
  if (withoutReply.length > 0)
    onWarning(
      `${counted(withoutReply.length, 'marked cell')} ${withoutReply.length === 1 ? 'has' : 'have'} no reply to be reviewed, and ${withoutReply.length === 1 ? 'is' : 'are'} left out`,
    )
}
