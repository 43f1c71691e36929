import { Cache } from '../cache.ts'
import type { Profile } from '../profile.ts'
import type { Document } from '../prompt/parts.ts'
import type { Random } from '../random.ts'
import { contentWords, sentencesOf } from './text.ts'

/** A sentence of the context, and how well it answers as far as the model attended to it. */
export interface Finding {
  readonly text: string
  readonly document: string
  /** From 0 to about 1. */
  readonly relevance: number
}

interface Index {
  readonly sentences: readonly {
    readonly text: string
    readonly document: string
    readonly words: ReadonlySet<string>
    /** Where in the context it stands: 0 is the beginning, 1 the end. */
    readonly depth: number
  }[]
  readonly rarity: ReadonlyMap<string, number>
  readonly characters: number
}

/** Length at which most of what the middle of a context can lose is lost, in characters. */
const LONG = 20_000
/** A sentence speaks of what the one before it spoke of, by half: "Its manager is …". */
const CARRIED_OVER = 0.5
/** What is left of a sentence's relevance when attention passed over it. */
const OVERLOOKED = 0.05
const ATTENTION_NOISE = 0.04

const indexes = new Cache<Index>(16)

/**
 * The sentence that shares the most telling words with the question. Attention fades in the
 * middle of long contexts: there a sentence is more often passed over.
 */
export function retrieve(
  question: string,
  documents: readonly Document[],
  profile: Profile,
  temperature: number,
  random: Random,
): Finding | undefined {
  const key = documents.map(({ id, text }) => `${id}\u0000${text}`).join('\u0001')
  const { sentences, rarity, characters } = indexes.get(key, () => index(documents))
  const asked = [...new Set(contentWords(question))]
  const weight = (word: string): number => rarity.get(word) ?? Math.log(1 + sentences.length)
  const whole = asked.reduce((sum, word) => sum + weight(word), 0)
  if (whole === 0) return undefined
  const load = 1 - Math.exp(-characters / LONG)
  let best: Finding | undefined
  const shares = sentences.map(({ words }) =>
    asked.reduce((sum, word) => (words.has(word) ? sum + weight(word) : sum), 0),
  )
  for (const [index, { text, document, depth }] of sentences.entries()) {
    const own = shares[index] ?? 0
    if (own === 0) continue
    const before = sentences[index - 1]?.document === document ? (shares[index - 1] ?? 0) : 0
    const shared = Math.min(whole, own + CARRIED_OVER * before)
    const attention = 1 - profile.middleFade * load * 4 * depth * (1 - depth)
    const heeded = random.chance(attention) ? 1 : OVERLOOKED
    const relevance = (shared / whole) * heeded + ATTENTION_NOISE * temperature * random.normal()
    if (best === undefined || relevance > best.relevance) best = { text, document, relevance }
  }
  return best
}

function index(documents: readonly Document[]): Index {
  const characters = documents.reduce((sum, { text }) => sum + text.length, 0)
  const sentences: Index['sentences'][number][] = []
  const seenIn = new Map<string, number>()
  let passed = 0
  for (const { id, text } of documents) {
    for (const sentence of sentencesOf(text)) {
      const words = new Set(contentWords(sentence))
      for (const word of words) seenIn.set(word, (seenIn.get(word) ?? 0) + 1)
      sentences.push({
        text: sentence,
        document: id,
        words,
        depth: Math.min(1, passed / Math.max(1, characters)),
      })
      passed += sentence.length + 1
    }
  }
  const rarity = new Map([...seenIn].map(([word, times]) => [word, Math.log(1 + sentences.length / times)]))
  return { sentences, rarity, characters }
}
