import type { ReviewStore } from './review-store.ts'

/** The name of the file that a review is handed over in. */
export const REVIEW_FILE = 'review.json'

/** Has the browser save what was marked. */
export function downloadReviews(store: ReviewStore): void {
  const text = `${JSON.stringify(store.toFile(), undefined, 2)}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = REVIEW_FILE
  document.body.append(link)
  link.click()
  link.remove()
  // Read by then: a browser takes the blob when the download starts.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  store.markDownloaded()
}
