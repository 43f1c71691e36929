import type { Choice } from '../../prompt/form/shape.ts'
import { contentWords } from '../text.ts'
import { partsOf } from './words.ts'

/** What the name and the description of a choice say, in stems. */
export interface Meaning {
  readonly wanted: readonly string[]
  /** What is to be missing: `consent` of `assignment_without_consent`. */
  readonly lacking: string | undefined
  /** `non_compete`: it is about what must not be done. */
  readonly isForbidden: boolean
  /** Words of the description that the name does not have. */
  readonly described: readonly string[]
}

const LITTLE = new Set('of the a an or and by in on for to with'.split(' '))
/** Words that deny. */
export const NEGATIVE: ReadonlySet<string> = new Set(
  'no not non neither nor never without noth cannot'.split(' '),
)

const known = new WeakMap<Choice, Meaning>()

export function meaningOf(choice: Choice): Meaning {
  const before = known.get(choice)
  if (before !== undefined) return before
  const parts = partsOf(choice.value).filter((part) => !LITTLE.has(part))
  const wanted = parts.filter((part) => !NEGATIVE.has(part))
  const without = parts.indexOf('without')
  const meaning = {
    wanted,
    lacking: without === -1 ? undefined : parts[without + 1],
    isForbidden: parts.some((part) => part === 'non' || part === 'no' || part === 'not'),
    described: contentWords(choice.description).filter((stem) => !wanted.includes(stem)),
  }
  known.set(choice, meaning)
  return meaning
}
