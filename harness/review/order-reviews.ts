import type { Review } from '../model/review.ts'

/** Of several words on one thing the newest; of words of one time, the later in the list. */
export function newestBy(reviews: Iterable<Review>, key: (review: Review) => string): Map<string, Review> {
  const newest = new Map<string, Review>()
  for (const review of reviews) {
    const known = newest.get(key(review))
    if (known === undefined || Date.parse(review.at) >= Date.parse(known.at)) newest.set(key(review), review)
  }
  return newest
}

/** By case, column and repeat, so that a file of them changes no more than its content does. */
export function sortReviews(reviews: Iterable<Review>): Review[] {
  return [...reviews].sort(
    (a, b) =>
      byText(a.caseId, b.caseId) ||
      byText(a.column.prompt, b.column.prompt) ||
      byText(a.column.provider, b.column.provider) ||
      a.repeat - b.repeat ||
      byText(a.replyHash, b.replyHash),
  )
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
