import type { Review } from '../model/review.ts'
import { newestBy, sortReviews } from './order-reviews.ts'

export interface Merged {
  /** Sorted, one a cell. */
  readonly reviews: readonly Review[]
  readonly added: number
  /** Cells with a word already that now have another, or the same once more. */
  readonly replaced: number
  /** Cells whose word on record is newer than the one that came. */
  readonly older: number
}

/** Adds reviews to those of a run. The newest word on a cell holds, whoever's it is. */
export function mergeReviews(stored: readonly Review[], incoming: readonly Review[]): Merged {
  const cellOf = ({ cellId }: Review): string => cellId
  const before = newestBy(stored, cellOf)
  const came = newestBy(incoming, cellOf)
  const after = newestBy([...before.values(), ...came.values()], cellOf)
  const known = [...came].filter(([cell]) => before.has(cell))
  const older = known.filter(([cell, review]) => after.get(cell) !== review).length
  return {
    reviews: sortReviews(after.values()),
    added: came.size - known.length,
    replaced: known.length - older,
    older,
  }
}
