import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'
import { Quote } from './quote.tsx'

/** What the model was asked: the beginning and, where the case's own text mostly stands, the end. */
export function PromptExcerpt({ text }: { readonly text: string }) {
  if (text === '') return null
  const most = UNITS.prompt
  const isWhole = text.length <= most
  const tail = Math.floor(most * 0.7)
  return (
    <details class="prompt">
      <summary>Prompt</summary>
      <Quote label="Prompt">
        <InlineText text={isWhole ? text : text.slice(0, most - tail)} limit={most} />
        {!isWhole && (
          <>
            <span class="quiet">{' … '}</span>
            <InlineText text={text.slice(-tail)} limit={most} />
          </>
        )}
      </Quote>
    </details>
  )
}
