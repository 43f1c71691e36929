import { sentencesOf, type Sentence } from '../shared/sentences.ts'

/** What goes on for longer is no sentence: it is compared in pieces. */
const LONGEST = 1000

/** The sentences of a text, in pieces where they are too long to be one. */
export function piecesOf(text: string): Sentence[] {
  return sentencesOf(text).flatMap((sentence) =>
    sentence.text.length > LONGEST ? cut(sentence) : [sentence],
  )
}

function cut({ text, start }: Sentence): Sentence[] {
  const pieces: Sentence[] = []
  for (let from = 0; from < text.length;) {
    const space = text.lastIndexOf(' ', from + LONGEST)
    const to = text.length - from <= LONGEST || space <= from ? Math.min(from + LONGEST, text.length) : space
    const piece = text.slice(from, to)
    if (/[\p{L}\p{N}]/u.test(piece)) pieces.push({ text: piece, start: start + from, end: start + to })
    from = to
  }
  return pieces
}
