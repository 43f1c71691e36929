import type { Profile } from '../profile.ts'
import { CONTRASTS, DEGREES, NEGATIONS } from './english.ts'
import { COURTESIES, PHRASES } from './phrases.ts'
import { readPassages } from './plain-text.ts'
import type { Vocabulary } from './vocabulary.ts'
import { vocabularyOf } from './vocabulary.ts'

/** What a text feels like to a model that has seen no example yet: sums over its words and turns of phrase. */
export interface Mood {
  readonly positive: number
  readonly negative: number
  /** How often a second view is announced ("but", "however"). */
  readonly contrasts: number
  readonly ironies: number
  readonly exclamations: number
  readonly questions: number
  /** Words of the writer's own. */
  readonly words: number
}

const TOKENS = /[\p{L}\p{M}\d][\p{L}\p{M}\d'’/-]*|[!?]|\p{Extended_Pictographic}|[.;:\n]/gu
const GLAD_SIGNS = new Set(['👏', '😍', '😀', '😊', '❤', '🎉', '👍', '🙏', '🥰'])
const ANGRY_SIGNS = new Set(['😡', '😠', '👎', '😞', '💔', '🤬', '😢'])
const SIGN_MOOD = 2
/** "4/5", "2/10". */
const RATING = /^(?:10|\d)\/(?:5|10)$/
/** What is left of a negated word: "not good" is a little bad, "no problem" a little good. */
const NEGATED = -0.6
/** Complaints deny more than praise does: nobody came, nothing worked, never again. */
const DENIAL = -0.2
const SHOUT = 1.15

/** Reads the mood of a message as one profile hears it. */
export function readMood(message: string, profile: Profile): Mood {
  const sum = { positive: 0, negative: 0, contrasts: 0, ironies: 0, exclamations: 0, questions: 0, words: 0 }
  const know = vocabularyOf(profile)
  for (const { text, quoted } of readPassages(message)) {
    const share = quoted ? profile.quoteLeak : 1
    if (share === 0) continue
    const courtesies = text.match(COURTESIES) ?? []
    const sincere = courtesies.length === 0 ? text : text.replace(COURTESIES, ' ')
    add(sum, readWords(sincere, know, profile), share)
    for (const courtesy of courtesies)
      add(sum, readWords(courtesy, know, profile), share * profile.courtesyLeak)
  }
  return heardWithIrony(sum, profile)
}

type Sum = { -readonly [Key in keyof Mood]: number }

function add(sum: Sum, part: Mood, share: number): void {
  for (const key of Object.keys(sum) as (keyof Mood)[]) sum[key] += part[key] * share
}

function readWords(text: string, know: Vocabulary, profile: Profile): Mood {
  const tokens = text.toLowerCase().replaceAll('’', "'").match(TOKENS) ?? []
  const sum = { positive: 0, negative: 0, contrasts: 0, ironies: 0, exclamations: 0, questions: 0, words: 0 }
  let negatedUntil = -1
  let degree = 1
  const feel = (weight: number): void => {
    if (weight > 0) sum.positive += weight
    else sum.negative -= weight
  }
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? ''
    const phrase = phraseAt(tokens, index)
    if (phrase !== undefined && Number.isNaN(phrase.weight)) sum.ironies++
    else if (phrase !== undefined) {
      feel(phrase.weight)
      sum.words += phrase.length
      index += phrase.length - 1
      continue
    }
    if (token === '!') sum.exclamations++
    else if (token === '?') sum.questions++
    else if (RATING.test(token)) feel(moodOfRating(token))
    else if (GLAD_SIGNS.has(token)) feel(SIGN_MOOD)
    else if (ANGRY_SIGNS.has(token)) feel(-SIGN_MOOD)
    if (token.length === 1 && /[.;:!?\n]/.test(token)) {
      negatedUntil = -1
      continue
    }
    sum.words++
    if (CONTRASTS.has(token)) sum.contrasts++
    if (NEGATIONS.has(token)) {
      negatedUntil = index + profile.negationReach
      feel(DENIAL)
    }
    const mood = know(token)
    if (mood !== 0) feel(mood * degree * (index <= negatedUntil ? NEGATED : 1))
    degree = DEGREES.get(token) ?? 1
  }
  if (sum.exclamations > 0) {
    sum.positive *= SHOUT
    sum.negative *= SHOUT
  }
  return sum
}

/** From -2.5 for none of the points to 2.5 for all. */
function moodOfRating(rating: string): number {
  const [points = 0, of = 1] = rating.split('/').map(Number)
  return 5 * (points / of - 0.5)
}

function phraseAt(tokens: readonly string[], index: number): { weight: number; length: number } | undefined {
  const page = PHRASES.get(tokens[index] ?? '')
  const found = page?.find(({ words }) => words.every((word, offset) => tokens[index + offset] === word))
  return found && { weight: found.weight, length: found.words.length }
}

/** Kind words beside cues of irony turn into their opposite, as far as the profile has an ear for it. */
function heardWithIrony(mood: Mood, profile: Profile): Mood {
  if (mood.ironies === 0 || mood.positive === 0) return mood
  const doubt = 1 - Math.exp(-mood.ironies * (0.4 + Math.min(1, mood.negative / 3)))
  const turned = mood.positive * doubt * profile.ironyEar
  return { ...mood, positive: mood.positive - turned, negative: mood.negative + turned }
}
