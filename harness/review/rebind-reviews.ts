import { HarnessError } from '../model/errors.ts'
import { replyHash, replyPlace } from '../model/review.ts'
import type { Run } from '../model/run.ts'
import { sortReviews } from './order-reviews.ts'
import { readStoredReviews, writeReviews } from './stored-reviews.ts'

/**
 * Binds the reviews of a run anew to its own cells, whose replies were changed in the record: a cell has one reply, whatever was
 * taken out of it since. They were cleaned with it.
 * @throws HarnessError `incomplete` when the disk refuses
 */
export async function rebindReviews(run: Run): Promise<void> {
  const reviews = await readStoredReviews(run.dir).catch((error: unknown) => {
    // Damaged ones hold for nothing, and whoever reads them next is told.
    if (!(error instanceof HarnessError)) throw error
    return []
  })
  if (reviews.length === 0) return
  const byCell = new Map(reviews.map((review) => [review.cellId, review]))
  for await (const { cell, output } of run.trials()) {
    const review = byCell.get(cell.id)
    if (review === undefined || output === undefined) continue
    byCell.set(cell.id, { ...review, ...replyPlace(cell, replyHash(output)) })
  }
  await writeReviews(run.dir, sortReviews(byCell.values()), (json) => json)
}
