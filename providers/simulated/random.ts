/** 32-bit FNV-1a of a string, by UTF-16 units. */
export function hash(text: string, seed = 0): number {
  let state = (0x811c9dc5 ^ seed) >>> 0
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  }
  return mix(state)
}

/** A stream of numbers that is wholly determined by its seed (mulberry32). */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Standard normal. */
  normal(): number
  /** True with the given chance. */
  chance(probability: number): boolean
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
  }
}

/** A fixed uniform number in [0, 1) for a word: the same in every run. */
export function uniformOf(text: string, seed = 0): number {
  return hash(text, seed) / 4_294_967_296
}

/** The index of the largest logit after Gumbel noise of the given temperature: a draw from softmax(logits / temperature). */
export function sample(logits: readonly number[], temperature: number, random: Random): number {
  let best = 0
  let bestValue = Number.NEGATIVE_INFINITY
  for (const [index, logit] of logits.entries()) {
    const noise = temperature === 0 ? 0 : -Math.log(-Math.log(random.next() || Number.MIN_VALUE))
    const value = logit + temperature * noise
    if (value > bestValue) [best, bestValue] = [index, value]
  }
  return best
}

export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits)
  const weights = logits.map((logit) => Math.exp(logit - top))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
