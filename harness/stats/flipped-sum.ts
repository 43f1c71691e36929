import { binomialTerm } from './binomial-term.ts'

/** Shares of a distribution below this are cut at its ends: far less than rounding. */
const CUT = 1e-18
/** Draws up to which a binomial's probabilities are exact in doubles. */
export const EXACT_DRAWS = 50

/** Probabilities of the whole numbers from `first` on. */
interface Distribution {
  readonly first: number
  readonly p: Float64Array
}

/** How often a magnitude occurs: `[magnitude, count]`, whole numbers above 0, largest first. */
export type Magnitudes = readonly (readonly [magnitude: number, count: number])[]

/** P(T* < T), P(T* = T) and P(T* > T). */
export interface SumTails {
  readonly below: number
  readonly equal: number
  readonly above: number
}

/** Additions that `flippedSumTails` takes, near enough to choose by. */
export function workOf(groups: Magnitudes): number {
  let [squares, total, work] = [0, 0, 0]
  for (const [magnitude, count] of groups) {
    work += Math.min(total + 1, 9 * Math.sqrt(squares) + 1) * Math.min(count + 1, 9 * Math.sqrt(count) + 1)
    squares += magnitude * magnitude * count
    total += magnitude * count
  }
  return work
}

/**
 * The tails of T* = Σ ±|D| at T, each sign being a fair coin. Units with one |D| add up to a scaled binomial, so that
 * T* is a sum of as many binomials as there are magnitudes, convolved one after the other: the dynamic programme of
 * Zmigrod, Vieira & Cotterell (2022, arXiv:2205.01416), whole groups at a time. Ends that hold less than 1e-18 are
 * cut.
 */
export function flippedSumTails(groups: Magnitudes, T: number): SumTails {
  // In pluses: T* = 2 Σ |D| · [plus] − Σ |D|.
  let total = 0
  let sum: Distribution = { first: 0, p: Float64Array.of(1) }
  for (const [magnitude, count] of groups) {
    total += magnitude * count
    sum = convolve(sum, halfBinomial(count), magnitude)
  }
  return tailsAt(sum, (T + total) / 2)
}

function tailsAt({ first, p }: Distribution, at: number): SumTails {
  const index = at - first
  let [below, above] = [0, 0]
  // From the ends inwards, the smallest first.
  for (let i = 0; i < Math.min(index, p.length); i++) below += p[i] as number
  for (let i = p.length - 1; i > Math.max(index, -1); i--) above += p[i] as number
  return { below: Math.min(1, below), equal: p[index] ?? 0, above: Math.min(1, above) }
}

function convolve(sum: Distribution, part: Distribution, scale: number): Distribution {
  const { p: a } = sum
  const { p: b } = part
  const p = new Float64Array(a.length + scale * (b.length - 1))
  for (let j = 0; j < b.length; j++) {
    const weight = b[j] as number
    const offset = j * scale
    for (let i = 0; i < a.length; i++) p[offset + i] = (p[offset + i] as number) + weight * (a[i] as number)
  }
  return trimmed(sum.first + scale * part.first, p)
}

function trimmed(first: number, p: Float64Array): Distribution {
  let [start, end] = [0, p.length]
  for (let share = p[0] as number; share < CUT; share += p[++start] as number);
  for (let share = p[end - 1] as number; share < CUT; share += p[--end - 1] as number);
  return start === 0 && end === p.length ? { first, p } : { first: first + start, p: p.subarray(start, end) }
}

const halves = new Map<number, Distribution>()

/** Binomial(n, ½), without the ends that do not matter. */
function halfBinomial(n: number): Distribution {
  let known = halves.get(n)
  if (known === undefined) {
    known = n <= EXACT_DRAWS ? exactHalf(n) : centralHalf(n)
    if (halves.size > 200) halves.clear()
    halves.set(n, known)
  }
  return known
}

function exactHalf(n: number): Distribution {
  const p = new Float64Array(n + 1)
  let ways = 1
  for (let k = 0; k <= n; k++) {
    p[k] = ways * 2 ** -n
    ways = (ways * (n - k)) / (k + 1)
  }
  return { first: 0, p }
}

function centralHalf(n: number): Distribution {
  const middle = Math.floor(n / 2)
  const upper: number[] = []
  let term = binomialTerm(middle, n - middle, 0.5, 0.5)
  for (let k = middle; k <= n && term > CUT / 100; k++) {
    upper.push(term)
    term *= (n - k) / (k + 1)
  }
  const last = middle + upper.length - 1
  const first = n - last
  return {
    first,
    p: Float64Array.from(
      { length: last - first + 1 },
      (_, i) => upper[Math.max(i + first, n - i - first) - middle] as number,
    ),
  }
}
