import { saveFile } from '../table/save-file.ts'
import type { ReviewStore } from './review-store.ts'

/** The name of the file that a review is handed over in. */
export const REVIEW_FILE = 'review.json'

/** Has the browser save what was marked. */
export function downloadReviews(store: ReviewStore): void {
  saveFile(`${JSON.stringify(store.toFile(), undefined, 2)}\n`, REVIEW_FILE, 'application/json')
  store.markDownloaded()
}
