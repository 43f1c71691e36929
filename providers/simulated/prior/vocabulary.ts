import type { Profile } from '../profile.ts'
import { seeded, hash, uniformOf } from '../random.ts'
import { ENGLISH } from './english.ts'
import { OTHER_LANGUAGES } from './other-languages.ts'

/** What a model takes a word's mood to be, from about -3 to 3; 0 for words that carry none, or that it does not know. */
export type Vocabulary = (word: string) => number

type Suffix = readonly [ending: string, replacement: string]

const ENGLISH_SUFFIXES: readonly Suffix[] = [
  ['ies', 'y'],
  ['ied', 'y'],
  ['ily', 'y'],
  ['ier', 'y'],
  ['iest', 'y'],
  ['es', ''],
  ['es', 'e'],
  ['s', ''],
  ['ed', ''],
  ['ed', 'e'],
  ['ing', ''],
  ['ing', 'e'],
  ['er', ''],
  ['er', 'e'],
  ['est', ''],
  ['est', 'e'],
  ['ly', ''],
  ['ness', ''],
  ['ful', ''],
]
/** Endings of German adjectives and of plurals elsewhere. */
const OTHER_SUFFIXES: readonly Suffix[] = ['e', 'n', 'en', 'em', 'er', 'es', 's'].map((ending) => [
  ending,
  '',
])
const MEMORY = 20_000

const vocabularies = new Map<string, Vocabulary>()

/** The words a profile knows: a fixed share of the general list, each judged a little off by its own fixed amount. */
export function vocabularyOf(profile: Profile): Vocabulary {
  const known = vocabularies.get(profile.name) ?? learn(profile)
  vocabularies.set(profile.name, known)
  return known
}

function learn(profile: Profile): Vocabulary {
  const english = new Map<string, number>()
  const other = new Map<string, number>()
  take(english, ENGLISH, profile.vocabulary, profile)
  for (const list of Object.values(OTHER_LANGUAGES)) take(other, list, profile.otherLanguages, profile)
  const seen = new Map<string, number>()
  return (word) => {
    const remembered = seen.get(word)
    if (remembered !== undefined) return remembered
    const mood = moodOf(word, english, ENGLISH_SUFFIXES) ?? moodOf(word, other, OTHER_SUFFIXES) ?? 0
    if (seen.size < MEMORY) seen.set(word, mood)
    return mood
  }
}

function take(
  words: Map<string, number>,
  list: Readonly<Record<string, string>>,
  share: number,
  profile: Profile,
): void {
  for (const [mood, members] of Object.entries(list)) {
    for (const word of members.split(/\s+/)) {
      const seed = hash(profile.name)
      if (uniformOf(word, seed) >= share) continue
      const misjudged = 1 + profile.misjudgement * seeded(hash(word, seed + 1)).normal()
      words.set(word, Number(mood) * misjudged)
    }
  }
}

function moodOf(
  word: string,
  words: ReadonlyMap<string, number>,
  suffixes: readonly Suffix[],
): number | undefined {
  const whole = words.get(word)
  if (whole !== undefined) return whole
  for (const [ending, replacement] of suffixes) {
    if (word.length < ending.length + 3 || !word.endsWith(ending)) continue
    const stem = word.slice(0, -ending.length) + replacement
    const mood = words.get(stem) ?? words.get(undoubled(stem))
    if (mood !== undefined) return mood
  }
  return undefined
}

/** "stopp" → "stop". */
function undoubled(stem: string): string {
  return stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem
}
