import { useEffect, useState } from 'preact/hooks'

/** ms of quiet before a change is read out: not at each letter. */
const QUIET_MS = 700

/** Reads a sentence out once it stands still. */
export function Spoken({ text }: { readonly text: string }) {
  const [said, say] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => say(text), QUIET_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p class="unseen" role="status">
      {said}
    </p>
  )
}
