import { replyHash, replyKey, replyPlace, type Review } from '../model/review.ts'
import type { Run } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'

/** A trial whose reply a reviewer has seen, in this run or in another. */
export interface ReviewedTrial {
  readonly review: Review
  readonly trial: Trial
}

/** The trials of a run that a review holds for, in the order they finished. */
export async function* reviewedTrials(
  run: Run,
  reviews: readonly Review[],
): AsyncGenerator<ReviewedTrial, void, undefined> {
  const byReply = new Map(reviews.map((review) => [replyKey(review), review]))
  // Replies are long: only those of a case and column that somebody has looked at are hashed.
  const places = new Set(reviews.map((review) => replyKey({ ...review, replyHash: '' })))
  for await (const trial of run.trials()) {
    const { cell, output } = trial
    if (output === undefined || !places.has(replyKey(replyPlace(cell, '')))) continue
    const review = byReply.get(replyKey(replyPlace(cell, replyHash(output))))
    if (review !== undefined) yield { review, trial }
  }
}
