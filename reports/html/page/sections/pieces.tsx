import type { Piece } from '../../../format/section.ts'
import { Marked } from '../safe-text/marked.tsx'
import { segmentsOf } from '../safe-text/marks.ts'

/** A text's differences: what was taken out is struck through, what was put in is underlined. */
export function Pieces({ of }: { readonly of: readonly Piece[] }) {
  return (
    <>
      {of.map(({ op, text }) => {
        const shown = <Marked segments={segmentsOf(text)} />
        if (op === 'same') return shown
        return op === 'removed' ? <del>{shown}</del> : <ins>{shown}</ins>
      })}
    </>
  )
}
