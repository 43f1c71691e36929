import { useEffect, useState } from 'preact/hooks'
import { TOLD_MS, toldOf } from './copy.ts'

interface CopyButtonProps {
  /** A function where the text is large, or known only then. */
  readonly text: string | (() => string)
  /** `the command`: for those who hear the button. */
  readonly what: string
  readonly label?: string
}

/** Copies a text exactly, its invisible characters included. */
export function CopyButton({ text, what, label = 'Copy' }: CopyButtonProps) {
  const [told, setTold] = useState<string>()
  useEffect(() => {
    if (told === undefined) return undefined
    const timer = setTimeout(() => setTold(undefined), TOLD_MS)
    return () => clearTimeout(timer)
  }, [told])
  const copy = async () => {
    setTold(await toldOf(typeof text === 'string' ? text : text()))
  }
  return (
    <button type="button" class="copy" onClick={() => void copy()}>
      {told ?? label}
      {label === 'Copy' && <span class="unseen"> {what}</span>}
    </button>
  )
}
