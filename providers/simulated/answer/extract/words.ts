import type { Profile } from '../../profile.ts'
import { uniformOf } from '../../random.ts'
import { stem } from '../text.ts'
import { RELATED } from './thesaurus.ts'

/** A word of a text, in its rough stem. */
export interface Word {
  readonly stem: string
  readonly start: number
  readonly end: number
}

/** Every word, the little ones too: a negation is one of them. */
export function wordsIn(text: string): Word[] {
  return [...text.toLowerCase().matchAll(/[\p{L}\d]+(?:['’]t\b)?/gu)].map(({ 0: word, index }) => ({
    stem: stem(word),
    start: index,
    end: index + word.length,
  }))
}

const SHORTEST_PREFIX = 5

/** Whether a word of a text stands for a word that is asked for: the same, another form of it, or related in meaning as far as the model knows. */
export function covers(asked: string, word: string, profile: Profile): boolean {
  if (asked === word) return true
  const [short, long] = asked.length < word.length ? [asked, word] : [word, asked]
  if (short.length >= SHORTEST_PREFIX && long.startsWith(short)) return true
  return (RELATED.get(asked)?.has(word) ?? false) && knows(word, profile)
}

/** A smaller model knows fewer relations between words: the same ones every time. */
function knows(word: string, profile: Profile): boolean {
  return uniformOf(word, 7) < profile.vocabulary
}

/** Parts of a name in code: `noticePeriod`, `notice_period`. */
export function partsOf(name: string): string[] {
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ')
  return wordsIn(spaced).map((word) => word.stem)
}
