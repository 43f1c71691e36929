import { eld } from 'eld/medium'

/** Letters of a text by the language they are in; `unknown` are those that cannot be told. */
export interface Found {
  readonly letters: number
  readonly byLanguage: ReadonlyMap<string, number>
}

/** Where the language of a text is looked for: what follows is more of the same, or is too long to be read anyway. */
const LOOKED_AT = 20_000
/** Sentences are put together until they have so many letters: single short ones mislead. In a long text, until they are a sixteenth of it. */
const ENOUGH = 40
const PIECES = 16
/** The best language must score so much above the next; below, it is a toss. Right ones of close relatives lead by little more. */
const MARGIN = 0.001
/** Roughly sentences: a wrong cut costs nothing, since short pieces are put together again. */
const PIECE = /[^.!?;:\n。！？।؟]+[.!?;:\n。！？।؟]*/gu

/** @param minLetters of a piece with fewer, and so of a text with fewer, nothing is told */
export function detect(text: string, minLetters: number): Found {
  const pieces = piecesOf(text.slice(0, LOOKED_AT))
  const byLanguage = new Map<string, number>()
  const letters = pieces.reduce((sum, piece) => sum + piece.letters, 0)
  for (const piece of pieces) {
    const language = piece.letters < minLetters ? undefined : languageOf(piece.text)
    if (language !== undefined) byLanguage.set(language, (byLanguage.get(language) ?? 0) + piece.letters)
  }
  return { letters, byLanguage }
}

interface Piece {
  readonly text: string
  readonly letters: number
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  const enough = Math.max(ENOUGH, text.length / PIECES)
  let open: Piece = { text: '', letters: 0 }
  for (const [sentence] of text.matchAll(PIECE)) {
    open = { text: open.text + sentence, letters: open.letters + lettersIn(sentence) }
    if (open.letters < enough) continue
    pieces.push(open)
    open = { text: '', letters: 0 }
  }
  if (open.letters === 0) return pieces
  const last = pieces.pop()
  if (last === undefined || open.letters >= enough / 2)
    return last === undefined ? [open] : [...pieces, last, open]
  return [...pieces, { text: last.text + open.text, letters: last.letters + open.letters }]
}

/** A letter of Chinese, Japanese or Korean says as much as several of others. */
const NOT_DENSE = /[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+/gu
const NO_LETTER = /\P{L}+/gu

function lettersIn(text: string): number {
  const letters = text.replaceAll(NO_LETTER, '')
  return letters.length + 2 * letters.replaceAll(NOT_DENSE, '').length
}

function languageOf(text: string): string | undefined {
  const [best, next] = Object.entries(eld.detect(text).getScores())
  if (best === undefined || best[1] - (next?.[1] ?? 0) < MARGIN) return undefined
  return best[0]
}
