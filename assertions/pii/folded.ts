import { skeleton } from '../shared/confusables.ts'

/** A text as a reader takes it, and where each of its units stands in the original. */
export interface Folded {
  readonly text: string
  /** Offset into the original; of the text's length, the original's. */
  readonly origin: (offset: number) => number
}

const ASCII = /^\p{ASCII}*$/u
const LETTER = /\p{L}/u

/**
 * Full-width and look-alike letters and digits become ASCII, what is invisible is dropped: `a\u200bnna＠example.com` is an address. Line
 * breaks stay.
 */
export function folded(original: string): Folded {
  if (ASCII.test(original)) return { text: original, origin: (offset) => offset }
  const origins: number[] = []
  const parts: string[] = []
  let at = 0
  for (const character of original) {
    const seen = ASCII.test(character) ? character : lookOf(character)
    parts.push(seen)
    for (let unit = 0; unit < seen.length; unit++) origins.push(at)
    at += character.length
  }
  origins.push(original.length)
  return { text: parts.join(''), origin: (offset) => origins[offset] ?? original.length }
}

const looks = new Map<string, string>()
const MOST_REMEMBERED = 5000

function lookOf(character: string): string {
  let look = looks.get(character)
  if (look === undefined) {
    const plain = skeleton(character)
    // Accents are no disguise: only what looks like ASCII changes.
    look = ASCII.test(plain) || !LETTER.test(character) ? plain : character
    if (looks.size >= MOST_REMEMBERED) looks.clear()
    looks.set(character, look)
  }
  return look
}
