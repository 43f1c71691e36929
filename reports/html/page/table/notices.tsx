import { useState } from 'preact/hooks'
import { InlineText } from '../safe-text/inline-text.tsx'

/** Sentences about the link that led here. */
export function Notices({ of }: { readonly of: readonly string[] }) {
  const [closed, close] = useState('')
  const key = of.join('\n')
  if (of.length === 0 || key === closed) return null
  return (
    <div class="notice" role="status">
      {of.map((sentence) => (
        <p key={sentence}>
          <InlineText text={sentence} />
        </p>
      ))}
      <button type="button" onClick={() => close(key)}>
        Close
      </button>
    </div>
  )
}
