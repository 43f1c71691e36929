import { wholeNumber } from './argument.ts'

/**
 * Whole numbers in [0, 2³²) from a seed: sfc32 of PractRand (Doty-Humphrey), its state spread from the seed by the
 * finaliser of MurmurHash3 (Appleby). Not for secrets.
 */
export function makeBits(seed: number): () => number {
  wholeNumber('a seed', Math.abs(seed))
  // Seeds in [0, 2³²) are their own state; what a larger one has above it is mixed in.
  let x = (seed | 0) ^ mixed(Math.floor(seed / 2 ** 32) | 0)
  const spread = (): number => mixed((x = (x + 0x9e3779b9) | 0))
  let [a, b, c, counter] = [spread(), spread(), spread(), 1]
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

function mixed(x: number): number {
  const y = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  const z = Math.imul(y ^ (y >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}

/** Numbers in [0, 1) from a seed, multiples of 2⁻³². The same seed gives the same numbers on every machine. */
export function makeRandom(seed: number): () => number {
  const bits = makeBits(seed)
  return () => bits() / 2 ** 32
}
