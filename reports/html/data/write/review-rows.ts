import { replyHash, replyKey, replyPlace, type Review } from '../../../../harness/model/review.ts'
import type { Trial } from '../../../../harness/model/trial.ts'
import type { ReviewAbout } from '../about.ts'

/** Finds the rows that reviews hold for: the same reply to the same question in the same column. */
export class ReviewRows {
  /** The newest word on each reply. */
  readonly #newest = new Map<string, Review>()
  /** Replies are long: only those of cases that somebody has looked at are hashed. */
  readonly #cases = new Set<string>()
  readonly found: ReviewAbout[] = []

  constructor(reviews: readonly Review[] = []) {
    for (const review of reviews) {
      const key = replyKey(review)
      this.#cases.add(review.caseId)
      const known = this.#newest.get(key)
      if (known === undefined || Date.parse(review.at) >= Date.parse(known.at)) this.#newest.set(key, review)
    }
  }

  add({ cell, output }: Trial, row: number): void {
    if (!this.#cases.has(cell.caseId)) return
    const review = this.#newest.get(replyKey(replyPlace(cell, replyHash(output))))
    if (review === undefined) return
    const { mark, note, by, at } = review
    this.found.push({ row, mark, at, ...(note !== undefined && { note }), ...(by !== undefined && { by }) })
  }
}
