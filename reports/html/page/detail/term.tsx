import { TERMS, type TermName } from './terms.ts'

interface TermProps {
  readonly name: TermName
  /** The word that is explained, where it is another. */
  readonly word?: string
  /** Whether the word stands here, and not before. */
  readonly shown?: boolean
}

/** A small `?` that opens what a word means. */
export function Term({ name, word = name, shown = false }: TermProps) {
  return (
    <details class="term">
      <summary>
        {shown && <span class="word">{word}</span>}
        <span class="sign" aria-hidden="true">
          ?
        </span>
        <span class="unseen">{shown ? ': what it means' : `What does “${word}” mean?`}</span>
      </summary>
      <span>{TERMS[name]}</span>
    </details>
  )
}
