import type { SumTails } from './flipped-sum.ts'

/** How near sums count as equal, as a share of the largest difference. */
const TIE = 1e-9

/**
 * The tails of T* = Σ ±|D| at T = Σ D over all 2ⁿ ways to choose the signs, counted from the sorted sums of two
 * halves of the units (Horowitz & Sahni 1974, JACM 21:277).
 */
export function enumeratedTails(d: Float64Array): SumTails {
  const middle = d.length >> 1
  const a = flippedSums(d.subarray(0, middle))
  const b = flippedSums(d.subarray(middle))
  const T = d.reduce((sum, x) => sum + x, 0)
  const tie = TIE * d.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const all = 2 ** d.length
  const below = countUpTo(a, b, T - tie)
  const notAbove = countUpTo(a, b, T + tie)
  return { below: below / all, equal: (notAbove - below) / all, above: (all - notAbove) / all }
}

/** All sums Σ ±|D|, ascending. */
function flippedSums(d: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** d.length)
  let length = 1
  for (const x of d) {
    for (let i = 0; i < length; i++) {
      const sum = sums[i] as number
      sums[i] = sum - x
      sums[length + i] = sum + x
    }
    length *= 2
  }
  return sums.sort()
}

/** Pairs of one of a and one of b whose sum is at most `limit`. */
function countUpTo(a: Float64Array, b: Float64Array, limit: number): number {
  let count = 0
  let j = b.length
  for (const x of a) {
    while (j > 0 && x + (b[j - 1] as number) > limit) j--
    count += j
  }
  return count
}
