import { finiteSample } from './argument.ts'
import { binomialCdf, binomialPmf, binomialUpper } from './binomial.ts'
import { enumeratedTails } from './flip-enumeration.ts'
import { sampledTails } from './flip-sampling.ts'
import { EXACT_DRAWS, type Magnitudes, type SumTails, flippedSumTails, workOf } from './flipped-sum.ts'
import { latticeStep } from './lattice.ts'
import type { OneSidedP } from './mcnemar.ts'

/** What a sign-flip test found. */
export interface SignFlip {
  /** Small: the differences lie below 0. */
  readonly worse: OneSidedP
  /** Small: they lie above 0. */
  readonly better: OneSidedP
  readonly method: 'exact' | 'enumerated' | 'sampled'
}

/** Differences this small are rounding, whatever their scale. */
const NOTHING = 1e-12
/** What a p-value says at least: ends of the exact distribution are cut below it. */
const LEAST_P = 1e-18
/** Units whose signs are enumerated where the differences lie on no lattice. */
const MOST_ENUMERATED = 20
/** Additions up to which the exact distribution is worked out: about 0.1 s. */
const MOST_WORK = 1e8

/**
 * The paired permutation test that the differences of units are symmetric around 0: all ways to flip their signs are
 * equally likely (Fisher 1935; Phipson & Smyth 2010, SAGMB 9:39). `worse.exact` is P(T* ≤ T) for the sum T; mid-p
 * counts half of P(T* = T).
 *
 * Exact where differences are multiples of one step, as means of repeats and graded scores are; by enumeration for up
 * to 20 units that differ; else by 99,999 flips from the seed, or fewer where they would take more than 2·10⁷
 * additions of eight units each (from 1,600 units on; 6,400 flips for 25,000 units, never below 1,999). Sampled
 * p-values are never 0, and their mid-p is the p itself. The order of the units does not matter. Probabilities below
 * 1e-18 come out as 1e-18.
 */
export function signFlip(units: ArrayLike<number>, options: { readonly seed?: number } = {}): SignFlip {
  const d = changed(finiteSample('units', units))
  if (d.length === 0) return fromTails({ below: 0, equal: 1, above: 0 }, 'exact')
  const magnitudes = d.map(Math.abs)
  const step = latticeStep(magnitudes)
  if (step !== null) {
    const tails = latticeTails(d, magnitudes, step)
    if (tails !== null) return fromTails(tails, 'exact')
  }
  // A fixed order, so that sums and draws are the same whatever order the units came in.
  d.sort((a, b) => Math.abs(a) - Math.abs(b) || a - b)
  if (d.length <= MOST_ENUMERATED) return fromTails(enumeratedTails(d), 'enumerated')
  const { worse, better } = sampledTails(d, options.seed ?? 1)
  return { worse: { exact: worse, midP: worse }, better: { exact: better, midP: better }, method: 'sampled' }
}

/** The differences that are not 0, rounding aside. */
function changed(units: ArrayLike<number>): Float64Array {
  let most = 0
  for (let i = 0; i < units.length; i++) most = Math.max(most, Math.abs(units[i] as number))
  const rounding = Math.max(NOTHING, most * 1e-9)
  const d = new Float64Array(units.length)
  let n = 0
  for (let i = 0; i < units.length; i++) {
    if (Math.abs(units[i] as number) > rounding) d[n++] = units[i] as number
  }
  return d.subarray(0, n)
}

/** The exact tails on a lattice; null where they take too long. */
function latticeTails(d: Float64Array, magnitudes: Float64Array, step: number): SumTails | null {
  let [T, most, least] = [0, 0, Infinity]
  for (let i = 0; i < d.length; i++) {
    const steps = Math.round((magnitudes[i] as number) / step)
    magnitudes[i] = steps
    T += (d[i] as number) < 0 ? -steps : steps
    if (steps > most) most = steps
    if (steps < least) least = steps
  }
  // All alike: the signs are a binomial, and the test is McNemar's.
  if (least === most && d.length > EXACT_DRAWS) return coinTails(d.length, (T / most + d.length) / 2)
  const groups = grouped(magnitudes, most)
  if (workOf(groups) > MOST_WORK) return null
  return flippedSumTails(groups, T)
}

function coinTails(n: number, pluses: number): SumTails {
  return {
    below: binomialCdf(pluses - 1, n, 0.5),
    equal: binomialPmf(pluses, n, 0.5),
    above: binomialUpper(pluses + 1, n, 0.5),
  }
}

function grouped(steps: Float64Array, most: number): Magnitudes {
  const counts = new Uint32Array(most + 1)
  for (let i = 0; i < steps.length; i++) {
    const index = steps[i] as number
    counts[index] = (counts[index] as number) + 1
  }
  const groups: [number, number][] = []
  for (let magnitude = most; magnitude > 0; magnitude--) {
    const count = counts[magnitude] as number
    if (count > 0) groups.push([magnitude, count])
  }
  return groups
}

function fromTails({ below, equal, above }: SumTails, method: SignFlip['method']): SignFlip {
  return { worse: oneSided(below, equal, above), better: oneSided(above, equal, below), method }
}

/** The smaller side is the one that has all its digits. */
function oneSided(beyond: number, equal: number, rest: number): OneSidedP {
  const exact = beyond + equal > 0.5 ? 1 - rest : beyond + equal
  const midP = beyond + equal / 2 > 0.5 ? 1 - rest - equal / 2 : beyond + equal / 2
  return { exact: Math.max(LEAST_P, exact), midP: Math.max(LEAST_P, midP) }
}
