import { cut } from '../../../format/plain.ts'
import { Marked } from './marked.tsx'
import { segmentsOf } from './marks.ts'

/** UTF-16 units of a name that are shown at once. */
const LIMIT = 300

/** A name or a reason in a line: apart from the text around it, so that its direction cannot reorder that. */
export function InlineText({ text, limit = LIMIT }: { text: string; limit?: number }) {
  return (
    <bdi class="safe">
      <Marked segments={segmentsOf(cut(text, limit))} />
    </bdi>
  )
}
