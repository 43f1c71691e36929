/** Bounds that words are taken apart at. */
const BOUND = /[\s\p{P}\p{S}]/u

/** UTF-16 units: a word that is longer is cut wherever it is. */
const LONGEST_WORD = 200

export interface CommonEnds {
  /** UTF-16 units that both begin with, and end with, cut back to whole words; they do not overlap. */
  readonly head: number
  readonly tail: number
  /** UTF-16 units up to the first difference. */
  readonly first: number
}

/** What two texts begin and end with alike. A word that only begins alike is none of it. */
export function commonEnds(a: string, b: string): CommonEnds {
  const shorter = Math.min(a.length, b.length)
  let first = 0
  while (first < shorter && a.charCodeAt(first) === b.charCodeAt(first)) first++
  let tail = 0
  while (tail < shorter - first && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail))
    tail++
  const head = cutBack(first, (units) => isBound(a, units) && isBound(b, units))
  return {
    head,
    tail: cutBack(tail, (units) => isBound(a, a.length - units) && isBound(b, b.length - units)),
    first,
  }
}

function cutBack(units: number, isCut: (units: number) => boolean): number {
  for (let n = units; n > 0 && units - n < LONGEST_WORD; n--) if (isCut(n)) return n
  return units < LONGEST_WORD ? 0 : units - LONGEST_WORD
}

/** True where a text begins or ends, or a space or a sign stands on a side. A half of a surrogate pair is neither. */
function isBound(text: string, at: number): boolean {
  return at === 0 || at === text.length || BOUND.test(text.charAt(at - 1)) || BOUND.test(text.charAt(at))
}
