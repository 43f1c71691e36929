import { Cache } from '../../cache.ts'
import type { Profile } from '../../profile.ts'
import type { Random } from '../../random.ts'
import { sentencesOf } from '../text.ts'
import type { Word } from './words.ts'
import { wordsIn } from './words.ts'

/** A sentence of what is searched. */
export interface Passage {
  readonly text: string
  readonly words: readonly Word[]
  /** Where it stands: 0 is the beginning, 1 the end. */
  readonly depth: number
}

/** Length at which most of what the middle can lose is lost, in characters. */
const LONG = 20_000

const cut = new Cache<readonly Passage[]>(64)

export function passagesOf(text: string): readonly Passage[] {
  return cut.get(text, (text) => {
    let passed = 0
    return sentencesOf(text).map((sentence) => {
      const depth = passed / Math.max(1, text.length)
      passed += sentence.length + 1
      return { text: sentence, words: wordsIn(sentence), depth }
    })
  })
}

/** The passages that the model takes in: in the middle of a long text it passes some over. */
export function heeded(text: string, profile: Profile, random: Random): Passage[] {
  const load = 1 - Math.exp(-text.length / LONG)
  return passagesOf(text).filter(({ depth }) =>
    random.chance(1 - profile.middleFade * load * 4 * depth * (1 - depth)),
  )
}
