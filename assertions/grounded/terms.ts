import { contentWordsOf } from '../shared/words.ts'
import { ROLE_SYNONYMS, SYNONYMS } from './synonyms.ts'

/** The longer before what they end with. */
const ENDINGS = /(?:ations?|ating|ated|ates?|ements?|ments?|ingly|ings?|edly|ed|ably|ables?|ies|ly|es|s|e|y)$/
const SHORTEST_STEM = 3
const MOST_REMEMBERED = 20_000

/** Said by facts, in whatever writing. */
const FIGURES: ReadonlySet<string> = new Set(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
  thirty forty fifty sixty seventy eighty ninety hundred thousand million billion percent cent half second seconds minute minutes hour hours jan january feb february mar march apr april
  jun june jul july aug august sep sept september oct october nov november dec december st nd rd th`.split(
    /\s+/,
  ),
)

const remembered = new Map<string, string>()

/** What a text is about: stems of its content words, synonyms as one, without numbers. Each once. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>()
  for (const word of contentWordsOf(text)) {
    const isInitial = word.length === 1 && word < '\u0250'
    if (!isInitial && !/^\d/.test(word) && !FIGURES.has(word)) terms.add(termOf(word))
  }
  return terms
}

/** "terminated", "termination" and "ends" are one. */
export function termOf(word: string): string {
  let term = remembered.get(word)
  if (term !== undefined) return term
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const bare = word.replace(/'s$/, '').replaceAll("'", '').normalize('NFKD').replaceAll(/\p{M}/gu, '')
  term = stemOf(ROLE_SYNONYMS.get(bare) ?? SYNONYMS.get(bare) ?? synonymByStem(bare) ?? bare)
  remembered.set(word, term)
  return term
}

const BY_STEM: ReadonlyMap<string, string> = new Map(
  [...SYNONYMS].toReversed().map(([word, first]) => [stemOf(word), first]),
)

function synonymByStem(word: string): string | undefined {
  return BY_STEM.get(stemOf(word))
}

function stemOf(word: string): string {
  if (word.length > 40) return word
  const stem = word.replace(ENDINGS, '')
  if (stem.length < SHORTEST_STEM) return word.length > SHORTEST_STEM ? word.replace(/s$/, '') : word
  return /([^aeiouls])\1$/.test(stem) ? stem.slice(0, -1) : stem
}
