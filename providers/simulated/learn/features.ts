import { Cache } from '../cache.ts'
import type { Profile } from '../profile.ts'
import { hash } from '../random.ts'
import { feelingOf } from '../prior/concepts.ts'
import type { Mood } from '../prior/mood.ts'
import { readMood } from '../prior/mood.ts'

/** What a model perceives of a text: its tone, and the pieces of words it is made of. */
export interface Features {
  readonly mood: Mood
  /** Traits of about equal weight, each from 0 to about 1. */
  readonly tone: readonly number[]
  /** Hashed words, word pairs and character four-grams, with the square root of how often they occur. */
  readonly grams: ReadonlyMap<number, number>
}

const BUCKETS = 1 << 16
const LONGEST_READ = 6000

const perceived = { flash: new Cache<Features>(512), sonnet: new Cache<Features>(512) }

export function perceive(text: string, profile: Profile): Features {
  return perceived[profile.name].get(text, (text) => {
    const mood = readMood(text, profile)
    return { mood, tone: toneOf(mood), grams: gramsOf(text.slice(0, LONGEST_READ)) }
  })
}

function toneOf(mood: Mood): number[] {
  const { glad, cross, torn } = feelingOf(mood)
  return [
    glad,
    cross,
    1.5 * torn,
    glad - cross,
    0.5 * saturate(mood.contrasts, 1),
    0.5 * saturate(mood.ironies, 1),
    0.3 * saturate(mood.exclamations, 2),
    0.3 * saturate(mood.questions, 1),
    0.2 * saturate(mood.words, 60),
  ]
}

function saturate(count: number, scale: number): number {
  return 1 - Math.exp(-count / scale)
}

function gramsOf(text: string): Map<number, number> {
  const counts = new Map<number, number>()
  const count = (gram: string): void => {
    const bucket = hash(gram) % BUCKETS
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  let previous = ''
  for (const word of text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []) {
    count(word)
    if (previous !== '') count(`${previous} ${word}`)
    for (let start = 0; start + 4 <= word.length; start += 2) count(`#${word.slice(start, start + 4)}`)
    previous = word
  }
  for (const [bucket, times] of counts) counts.set(bucket, Math.sqrt(times))
  return counts
}
