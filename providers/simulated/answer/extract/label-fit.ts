import type { Choice } from '../../prompt/form/shape.ts'
import type { Profile } from '../../profile.ts'
import { meaningOf, NEGATIVE } from './meaning.ts'
import type { Passage } from './passages.ts'
import { covers } from './words.ts'

const MODAL_BEFORE_NOT = new Set('shall may must will can'.split(' '))
/** Nouns and verbs that forbid: with a negation before them they permit. */
const FORBIDDING = /^(?:restric|prohibi|refrain|ban|forbid)/
/** A prohibition governs more words than a plain negation does. */
const GOVERNS = 6
const LACKING_REACH = 6
const UN_REACH = 4
/** What a name counts beside its description: one word is easily met by chance, two are not. */
const BY_ONE_WORD = 0.6
const BY_WORDS = 0.75
/** Words of a description that settle it where the name is met, and where it is met in part. */
const SETTLE = 1
const SETTLE_ALONE = 4

/** From 0 to 1: how far a passage speaks of what a choice's name and description say, and does not deny it. */
export function fitOf(choice: Choice, passage: Passage, profile: Profile): number {
  const { wanted, lacking, isForbidden, described } = meaningOf(choice)
  if (wanted.length === 0) return 0
  const places = wanted.map((stem) =>
    stem === lacking ? lackingPlace(stem, passage, profile) : placeOf(stem, passage, profile),
  )
  const met = places.filter((place) => place !== undefined).length / wanted.length
  const [head] = places
  if (head !== undefined && !head.isByNegation && !holds(head.index, isForbidden, passage, profile)) return 0
  if (choice.description === '') return met
  const told = described.filter((stem) =>
    passage.words.some((word) => covers(stem, word.stem, profile)),
  ).length
  const byName = wanted.length > 1 ? BY_WORDS : BY_ONE_WORD
  return byName * met + (1 - byName) * Math.min(1, told / (met === 1 ? SETTLE : SETTLE_ALONE))
}

/** Where a word of a choice's name is met. */
interface Place {
  readonly index: number
  /** By the denial of its opposite: "not limited" for "unlimited". */
  readonly isByNegation: boolean
}

function placeOf(stem: string, { words }: Passage, profile: Profile): Place | undefined {
  const direct = words.findIndex((word) => covers(stem, word.stem, profile))
  if (direct !== -1) return { index: direct, isByNegation: false }
  if (!stem.startsWith('un')) return undefined
  const base = stem.slice(2)
  const index = words.findIndex(
    (word, at) => covers(base, word.stem, profile) && isNegated(words, at, UN_REACH),
  )
  return index === -1 ? undefined : { index, isByNegation: true }
}

function lackingPlace(stem: string, { words }: Passage, profile: Profile): Place | undefined {
  const index = words.findIndex(
    (word, at) =>
      covers(stem, word.stem, profile) &&
      words.slice(Math.max(0, at - LACKING_REACH), at).some((before) => before.stem === 'without'),
  )
  return index === -1 ? undefined : { index, isByNegation: false }
}

/** A choice holds where its first word is not denied; one that forbids, where it is. */
function holds(head: number, isForbidden: boolean, { words }: Passage, profile: Profile): boolean {
  const { negationReach } = profile
  if (!isForbidden) return !isNegated(words, head, negationReach)
  const from = Math.max(0, head - GOVERNS * negationReach)
  return words.slice(from, head + GOVERNS).some((word, offset) => {
    const index = from + offset
    if (FORBIDDING.test(word.stem)) return !isNegated(words, index, negationReach)
    return index < head && word.stem === 'not' && MODAL_BEFORE_NOT.has(words[index - 1]?.stem ?? '')
  })
}

function isNegated(words: Passage['words'], index: number, reach: number): boolean {
  return words.slice(Math.max(0, index - reach), index).some(({ stem }) => NEGATIVE.has(stem))
}
