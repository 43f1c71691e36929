import type { Field } from '../../prompt/form/shape.ts'
import type { Profile } from '../../profile.ts'
import { contentWords } from '../text.ts'
import type { Kind } from './kinds.ts'
import { tellingWords } from './kinds.ts'
import type { Mention } from './mention.ts'
import type { Passage } from './passages.ts'
import { covers, partsOf } from './words.ts'

/** Words between a cue and a detail over which the cue loses most of its force. */
const NEAR = 8
/** "On 1 July it begins" against "it begins on 1 July". */
const FOLLOWING = 0.8
const BY_NAME = 0.65
const ENOUGH_DESCRIBED = 3
/** A contract has one governing law and one list of parties: whatever is of that kind is meant. */
const TELLS_ITSELF: ReadonlySet<Kind> = new Set(['law', 'party'])

/** What a field asks for, in stems. */
export interface Asked {
  readonly kind: Kind
  readonly name: readonly string[]
  readonly description: readonly string[]
}

export function askedFor({ name, description }: Field, kind: Kind): Asked {
  const named = TELLS_ITSELF.has(kind) ? [] : tellingWords(partsOf(name))
  const described = tellingWords(contentWords(description)).filter((stem) => !named.includes(stem))
  return { kind, name: named, description: described }
}

/** From 0 to 1: how well a detail fits what is asked for, by the words near it and those of its sentence. */
export function relevanceOf(mention: Mention, passage: Passage, asked: Asked, profile: Profile): number {
  const cues = asked.name.map((stem) => cueOf(stem, mention, passage, profile))
  const byName = cues.length === 0 ? 1 : cues.reduce((sum, cue) => sum + cue, 0) / cues.length
  if (asked.description.length === 0 || cues.length === 0) return byName
  const told = asked.description.filter((stem) =>
    passage.words.some((word) => covers(stem, word.stem, profile)),
  )
  return BY_NAME * byName + (1 - BY_NAME) * Math.min(1, told.length / ENOUGH_DESCRIBED)
}

/** The nearest word that stands for the one asked for, by its distance from the detail. */
function cueOf(stem: string, mention: Mention, { words }: Passage, profile: Profile): number {
  const at = words.findIndex(({ end }) => end > mention.start)
  const after = words.findIndex(({ start }) => start >= mention.end)
  let best = 0
  for (const [index, word] of words.entries()) {
    if (index >= at && (after === -1 || index < after)) continue
    const distance = index < at ? at - index : index - after + 1
    const force = Math.exp(-(distance - 1) / NEAR) * (index < at ? 1 : FOLLOWING)
    if (force > best && covers(stem, word.stem, profile)) best = force
  }
  return best
}
