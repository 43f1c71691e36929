import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'

/** What a terminal might act on when it is pasted, in quotes or not: such a command is shown and not offered to be copied. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** A command for a shell. The page's script puts a button beside it that copies it whole. */
export function Command({ text }: { readonly text: string }) {
  const isSafe = text.length <= UNITS.command && !UNSAFE.test(text)
  return (
    <code class="command" data-copy={isSafe ? text : undefined}>
      <InlineText text={text} limit={UNITS.command} />
    </code>
  )
}
