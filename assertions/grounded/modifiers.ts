import { contentWordsOf, wordsOf } from '../shared/words.ts'
import { nearestTo } from './nearest.ts'
import type { Source, SourceSentence } from './source.ts'
import type { Statement } from './statement.ts'
import { termOf } from './terms.ts'

/** Two words of matter in a row: "basic plan". */
export interface Pair {
  readonly text: string
  readonly modifier: string
  readonly head: string
}

const APART = /[^\p{L}\p{M}\p{N}\s'’-]+/u

/** The pairs of a text. */
export function pairsIn(text: string): Pair[] {
  return text.split(APART).flatMap((part) => {
    const matter = new Set(contentWordsOf(part).filter((word) => !/^\d/.test(word)))
    const words = wordsOf(part)
    return words.flatMap((word, at) => {
      const before = words[at - 1] ?? ''
      if (!matter.has(word) || !matter.has(before)) return []
      return [{ text: `${before} ${word}`, modifier: termOf(before), head: termOf(word) }]
    })
  })
}

/** Where a claim speaks of one kind of thing that the context knows, and the passage of another kind: "basic plan" for "team plan". */
export function modifierProblems(
  claim: Statement,
  window: readonly SourceSentence[],
  source: Source,
): string[] {
  return claim.pairs.flatMap(({ text, modifier, head }) => {
    if (!source.hasPair(modifier, head)) return []
    const rest = [...claim.terms].filter((term) => term !== modifier)
    const sentence = nearestTo(rest, window, source)?.part
    const clause = nearestTo(rest, sentence?.clauses ?? [], source)?.part
    // "… and includes ten seats": what it is said of stands in the clause before.
    const spoken = clause?.terms.has(head) === true ? clause : sentence
    if (spoken === undefined || spoken.terms.has(modifier)) return []
    const rival = spoken.pairs.find((other) => other.head === head && !claim.terms.has(other.modifier))
    return rival === undefined ? [] : [`where it says "${text}", the context says "${rival.text}"`]
  })
}
