import type { Piece } from './pieces.ts'

/** Part of a comparison: lines that both have, or lines in which something changed. */
export type Stretch =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'changed'; readonly pieces: readonly Piece[] }

/** Takes a comparison apart at the ends of lines that both texts have, so that what changed can stand side by side. */
export function stretchesOf(pieces: readonly Piece[]): Stretch[] {
  const stretches: Stretch[] = []
  let open: Piece[] = []
  const addSame = (text: string) => {
    const last = stretches.at(-1)
    if (last?.kind === 'same') stretches[stretches.length - 1] = { kind: 'same', text: last.text + text }
    else if (text !== '') stretches.push({ kind: 'same', text })
  }
  const close = () => {
    if (open.some(({ op }) => op !== 'same')) stretches.push({ kind: 'changed', pieces: open })
    else addSame(open.map(({ text }) => text).join(''))
    open = []
  }
  for (const piece of pieces) {
    if (piece.op !== 'same') {
      open.push(piece)
      continue
    }
    const end = open.length === 0 ? 0 : piece.text.indexOf('\n') + 1
    if (open.length > 0 && end === 0) {
      open.push(piece)
      continue
    }
    if (end > 0) {
      open.push({ op: 'same', text: piece.text.slice(0, end) })
      close()
    }
    const lines = Math.max(end, piece.text.lastIndexOf('\n') + 1)
    addSame(piece.text.slice(end, lines))
    if (lines < piece.text.length) open.push({ op: 'same', text: piece.text.slice(lines) })
  }
  close()
  return stretches
}

/** The pieces of one side: what it lacks is left out. */
export function sideOf(pieces: readonly Piece[], side: 'before' | 'after'): Piece[] {
  return pieces.filter(({ op }) => op !== (side === 'before' ? 'added' : 'removed'))
}
