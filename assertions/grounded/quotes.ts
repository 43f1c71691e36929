import type { Span } from './span.ts'

/** A passage in quotation marks. */
export interface QuoteFact extends Span {
  readonly text: string
  /** What stands between "…" or "[...]", as it is compared. */
  readonly pieces: readonly string[]
}

const QUOTED = /"([^"“”]{1,2000})"|“([^“”]{1,2000})”|„([^„“”]{1,2000})[“”]|«([^«»]{1,2000})»/g
const LEFT_OUT = /\[?\s?(?:\.{3}|…)\s?\]?/

/** The quotations of a text. */
export function quotesIn(text: string): QuoteFact[] {
  if (!/["“„«]/.test(text)) return []
  return Array.from(text.matchAll(QUOTED), ({ 0: said, index }) => {
    const inner = said.slice(1, -1)
    const pieces = inner
      .split(LEFT_OUT)
      .map(comparable)
      .filter((piece) => piece !== '')
    return { start: index, end: index + said.length, text: said, pieces }
  }).filter(({ pieces }) => pieces.length > 0)
}

/** Whether a text has the pieces, in their order. @param text as `comparable` makes it */
export function hasQuote({ pieces }: QuoteFact, text: string): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at === -1) return false
    from = at + piece.length
  }
  return true
}

/** A text without what does not matter to being verbatim: case, spaces, the shape of quotation marks and dashes, a comma or full stop at its end. */
export function comparable(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[“”„«»"]/g, '')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[‐‑–—−]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.,;:!?]$/, '')
}
