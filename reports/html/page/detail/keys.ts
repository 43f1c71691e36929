import type { ReviewMark } from '../../../../harness/model/review.ts'
import { MARK_WORDS } from '../reviews/mark-words.ts'

interface Actions {
  readonly onClose: () => void
  readonly onMark: (mark: ReviewMark) => void
  readonly onNote: () => void
}

/**
 * Keys of the panel while the focus is in it. Those that the panel takes go no further; the others are the page's.
 * @param lettersOn false where a reader turned off keys of a single character
 */
export function detailKeys(actions: Actions, lettersOn: boolean): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    const isTyping = target.matches('textarea, input, select')
    // In the note, Escape leaves the note alone.
    if (isTyping && event.key === 'Escape') target.blur()
    else if (isTyping || (event.key.length === 1 && !lettersOn) || !act(event.key, actions)) return
    event.preventDefault()
    event.stopPropagation()
    if (isTyping) target.closest<HTMLElement>('.detail')?.querySelector<HTMLElement>('h2')?.focus()
  }
}

/** False for a key that means nothing here. */
function act(key: string, { onClose, onMark, onNote }: Actions): boolean {
  const mark = MARK_WORDS[Number(key) - 1]?.mark
  if (mark !== undefined) onMark(mark)
  else if (key === 'n') onNote()
  else if (key === 'Escape') onClose()
  else return false
  return true
}
