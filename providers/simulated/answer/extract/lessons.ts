import { Cache } from '../../cache.ts'
import type { Example } from '../../learn/classifier.ts'
import type { Choice } from '../../prompt/form/shape.ts'
import type { Profile } from '../../profile.ts'
import { parseObject } from '../../prompt/form/objects.ts'
import { contentWords } from '../text.ts'
import { fitOf } from './label-fit.ts'
import type { Passage } from './passages.ts'
import { passagesOf } from './passages.ts'

/** Sentences of a prompt's examples that a choice was given for, and those it could have been given for and was not. */
interface Lesson {
  readonly taken: readonly ReadonlySet<string>[]
  readonly left: readonly ReadonlySet<string>[]
}

/** Fit from which a sentence that was not given the choice teaches something. */
const TEMPTING = 0.4

const learned = { flash: new Cache<Lesson>(512), sonnet: new Cache<Lesson>(512) }

/** How much nearer a passage is to the examples that have a choice than to those that lack it: from −1 to 1. */
export function leaning(
  choice: Choice,
  field: string,
  passage: Passage,
  examples: readonly Example[],
  profile: Profile,
): number {
  if (examples.length === 0) return 0
  const key = JSON.stringify([choice, field, examples])
  const { taken, left } = learned[profile.name].get(key, () => learn(choice, field, examples, profile))
  const words = new Set(contentWords(passage.text))
  return nearest(words, taken) - nearest(words, left)
}

function learn(choice: Choice, field: string, examples: readonly Example[], profile: Profile): Lesson {
  const taken: ReadonlySet<string>[] = []
  const left: ReadonlySet<string>[] = []
  for (const { input, output } of examples) {
    const value = parseObject(output)?.[field]
    const isGiven = Array.isArray(value) ? value.includes(choice.value) : value === choice.value
    const ranked = passagesOf(input)
      .map((passage) => ({ passage, fit: fitOf(choice, passage, profile) }))
      .toSorted((one, other) => other.fit - one.fit)
    const [best] = ranked
    if (isGiven && best !== undefined) taken.push(new Set(contentWords(best.passage.text)))
    const tempting = ranked.slice(isGiven ? 1 : 0).filter(({ fit }) => fit >= TEMPTING)
    left.push(...tempting.map(({ passage }) => new Set(contentWords(passage.text))))
  }
  return { taken, left }
}

function nearest(words: ReadonlySet<string>, lessons: readonly ReadonlySet<string>[]): number {
  return lessons.reduce((best, lesson) => Math.max(best, overlap(words, lesson)), 0)
}

/** Dice's coefficient. */
function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const shared = [...left].filter((word) => right.has(word)).length
  return shared === 0 ? 0 : (2 * shared) / (left.size + right.size)
}
