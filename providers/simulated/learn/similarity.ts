import type { Features } from './features.ts'

const BIAS = 0.5
const TONE = 1
const WORDS = 0.5
const TONE_WIDTH = 0.6

/** How rare each gram is among the examples: common ones say little. */
export type Rarity = ReadonlyMap<number, number>

export function rarityOf(texts: readonly Features[]): Rarity {
  const seenIn = new Map<number, number>()
  for (const { grams } of texts)
    for (const gram of grams.keys()) seenIn.set(gram, (seenIn.get(gram) ?? 0) + 1)
  return new Map([...seenIn].map(([gram, times]) => [gram, Math.log(1 + texts.length / times)]))
}

/** A kernel over what was perceived: some of every example, more of one alike in tone, more of one alike in words. */
export function similarity(left: Features, right: Features, rarity: Rarity): number {
  return BIAS + TONE * alikeInTone(left.tone, right.tone) + WORDS * cosine(left.grams, right.grams, rarity)
}

function alikeInTone(left: readonly number[], right: readonly number[]): number {
  let distance = 0
  for (const [index, trait] of left.entries()) distance += (trait - (right[index] ?? 0)) ** 2
  return Math.exp(-distance / (2 * TONE_WIDTH ** 2))
}

/** TF-IDF cosine; a gram that no example holds counts as rare. */
export function cosine(
  left: ReadonlyMap<number, number>,
  right: ReadonlyMap<number, number>,
  rarity: Rarity,
): number {
  const [few, many] = left.size <= right.size ? [left, right] : [right, left]
  let dot = 0
  for (const [gram, weight] of few) {
    const other = many.get(gram)
    if (other !== undefined) dot += weight * other * (rarity.get(gram) ?? 1) ** 2
  }
  return dot === 0 ? 0 : dot / Math.sqrt(square(left, rarity) * square(right, rarity))
}

function square(grams: ReadonlyMap<number, number>, rarity: Rarity): number {
  let sum = 0
  for (const [gram, weight] of grams) sum += (weight * (rarity.get(gram) ?? 1)) ** 2
  return sum
}
