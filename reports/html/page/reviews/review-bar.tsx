import { useLayoutEffect } from 'preact/hooks'
import { counted } from '../../../format/figures.ts'
import type { About } from '../../data/about.ts'
import { CopyButton } from '../detail/copy-button.tsx'
import { shellWord } from '../../../format/shell-word.ts'
import { downloadReviews, REVIEW_FILE } from './download.ts'
import type { ReviewStore } from './review-store.ts'
import { useReviews } from './use-reviews.ts'

/** What was marked and is in no file yet, and how it gets into the run's record. Nothing until something is marked. */
export function ReviewBar({ store, about }: { readonly store: ReviewStore; readonly about: About }) {
  const { size, unsaved } = useReviews(store)
  useLayoutEffect(() => {
    if (!unsaved) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [unsaved])
  if (size === 0) return null
  const command = `assay review ${shellWord(about.run.dir)} ${REVIEW_FILE}`
  return (
    <div class={unsaved ? 'review-bar unsaved' : 'review-bar'} role="status">
      <strong>
        {counted(size, 'review')}
        {unsaved ? ', not saved yet' : `, in ${REVIEW_FILE}`}
      </strong>
      <button type="button" class="primary" onClick={() => downloadReviews(store)}>
        Download {REVIEW_FILE}
      </button>
      <span class="next">
        then run <code>{command}</code> where it was saved <CopyButton text={command} what="the command" />
      </span>
    </div>
  )
}
