import type { Mark } from '../../../../harness/model/evidence.ts'
import { InlineText } from '../safe-text/inline-text.tsx'

/** Marks that are listed, and UTF-16 units shown of each part. */
const LIMITS = { marks: 20, part: 200 }

/** The parts of the output that a check points at, and what is wrong there. */
export function Marks({ marks, output }: { readonly marks: readonly Mark[]; readonly output: string }) {
  const found = marks.filter(({ start, end }) => start < end && end <= output.length)
  if (found.length === 0) return null
  return (
    <ul class="marked">
      {found.slice(0, LIMITS.marks).map(({ start, end, label, note }) => (
        <li>
          <mark>
            <InlineText text={output.slice(start, end)} limit={LIMITS.part} />
          </mark>{' '}
          <span class="quiet">
            <InlineText text={note === undefined ? label : `${label}: ${note}`} />
          </span>
        </li>
      ))}
      {found.length > LIMITS.marks && <li class="quiet">… and {found.length - LIMITS.marks} more.</li>}
    </ul>
  )
}
