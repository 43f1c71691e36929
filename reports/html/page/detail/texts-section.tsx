import { useState } from 'preact/hooks'
import { DiffView } from '../diff/diff-view.tsx'
import { LongText } from '../safe-text/long-text.tsx'
import { sizeOf } from '../safe-text/size.ts'
import { CopyButton } from './copy-button.tsx'
import type { OutputForms } from './output-text.ts'
import { Part } from './part.tsx'
import type { View } from './view-choice.tsx'

interface TextsSectionProps {
  /** `Output`, `Prompt`. */
  readonly title: string
  readonly id: string
  readonly forms: OutputForms
  readonly other: { readonly forms: OutputForms; readonly name: string } | undefined
  readonly view: View
  /** What is said where the text is empty. */
  readonly empty: string
}

/** A text of the cell, alone or compared with another cell's. */
export function TextsSection({ title, id, forms, other, view, empty }: TextsSectionProps) {
  const [wantsRaw, setWantsRaw] = useState(false)
  const { raw, pretty } = forms
  const isCompared = other !== undefined && view !== 'alone'
  const isPretty = pretty !== undefined && !wantsRaw
  // Two replies of JSON are compared as they are laid out; else both as they are stored.
  const comparesPretty = isPretty && other?.forms.pretty !== undefined
  const text = isCompared && !comparesPretty ? raw : isPretty ? pretty : raw
  const otherText = comparesPretty ? other?.forms.pretty : other?.forms.raw
  const aside = (
    <>
      <span class="quiet">{sizeOf(raw.length)}</span>
      {pretty !== undefined && (
        <button type="button" aria-pressed={wantsRaw} onClick={() => setWantsRaw(!wantsRaw)}>
          Raw
        </button>
      )}
      <CopyButton text={raw} what={`the ${title.toLowerCase()} exactly`} />
      {isCompared && <CopyButton text={other.forms.raw} what="" label={`Copy ${other.name}`} />}
    </>
  )
  return (
    <Part title={title} id={id} aside={aside}>
      {isCompared ? (
        <DiffView
          before={otherText ?? ''}
          after={text}
          names={{ before: other.name, after: 'this cell' }}
          layout={view}
        />
      ) : text === '' ? (
        <p class="quiet">{empty}</p>
      ) : (
        <LongText text={text} label={title} />
      )}
    </Part>
  )
}
