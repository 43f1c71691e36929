import type { Ref } from 'preact'
import { useState } from 'preact/hooks'
import type { Outcome } from '../../../../harness/model/trial.ts'
import { count } from '../../../format/figures.ts'
import type { ReviewAbout } from '../../data/about.ts'
import { Part } from '../detail/part.tsx'
import { InlineText } from '../safe-text/inline-text.tsx'
import { NOTE_LIMIT } from './draft.ts'
import { MARK_WORDS, markWord } from './mark-words.ts'
import type { ReviewStore } from './review-store.ts'
import { useReviews } from './use-reviews.ts'

interface ReviewFormProps {
  readonly store: ReviewStore
  readonly row: number
  readonly outcome: Outcome
  /** Other repeats, from 1, that gave the same reply. */
  readonly alsoIn: readonly number[]
  readonly noteRef: Ref<HTMLTextAreaElement>
}

const LIST = new Intl.ListFormat('en-GB')

/** What a reviewer says of the cell's verdict: four marks, a note, and what is on record already. */
export function ReviewForm(props: ReviewFormProps) {
  // A note that belongs to no mark yet goes with its cell.
  return <FormOfRow key={props.row} {...props} />
}

function FormOfRow({ store, row, outcome, alsoIn, noteRef }: ReviewFormProps) {
  const reviews = useReviews(store)
  const draft = reviews.get(row)
  const latest = reviews.markOf(row)
  const [note, setNote] = useState(draft?.note ?? '')
  const undo = () => {
    reviews.remove(row)
    setNote('')
  }
  return (
    <Part title="Review" id="review">
      <p class="both" role="status">
        checks: <strong>{outcome}</strong> · reviewer:{' '}
        <strong>{latest === undefined ? 'none yet' : markWord(latest)}</strong>
        {draft !== undefined && ' (yours, on this page)'}
      </p>
      <p class="quiet">
        A mark is of this reply, and holds wherever this case gets it again in this column
        {alsoIn.length > 0 &&
          `: here in ${alsoIn.length === 1 ? 'repeat' : 'repeats'} ${LIST.format(alsoIn.map(String))} too`}
        .
      </p>
      <div class="marks" role="group" aria-label="Your mark">
        {MARK_WORDS.map(({ mark, word, says }, i) => (
          <button
            key={mark}
            type="button"
            aria-pressed={draft?.mark === mark}
            aria-keyshortcuts={String(i + 1)}
            onClick={() => reviews.set(row, mark, note)}
          >
            <span class="word">
              <span aria-hidden="true">{draft?.mark === mark ? '● ' : '○ '}</span>
              {word} <kbd aria-hidden="true">{i + 1}</kbd>
            </span>
            <span class="says">{says}</span>
          </button>
        ))}
      </div>
      <label class="note">
        <span>
          Note <kbd aria-hidden="true">n</kbd>
          {note.length > NOTE_LIMIT * 0.8 && ` (${count(NOTE_LIMIT - note.length)} characters left)`}
          {note !== '' && draft === undefined && ' (kept once you set a mark)'}
        </span>
        <textarea
          ref={noteRef}
          rows={2}
          maxLength={NOTE_LIMIT}
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
          onBlur={() =>
            draft !== undefined && note !== (draft.note ?? '') && reviews.set(row, draft.mark, note)
          }
        />
      </label>
      {draft !== undefined && (
        <button type="button" onClick={undo}>
          Undo my review
        </button>
      )}
      <OnRecord reviews={reviews.stored(row)} />
    </Part>
  )
}

/** Reviews that the run's record holds: who said what, and when. */
function OnRecord({ reviews }: { readonly reviews: readonly ReviewAbout[] }) {
  if (reviews.length === 0) return null
  return (
    <ul class="on-record">
      {reviews.map(({ mark, at, by, note }) => (
        <li key={at}>
          on record: <strong>{markWord(mark)}</strong>, <time dateTime={at}>{at.slice(0, 10)}</time>
          {by !== undefined && (
            <>
              , by <InlineText text={by} />
            </>
          )}
          {note !== undefined && (
            <>
              : <InlineText text={note} limit={NOTE_LIMIT} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
