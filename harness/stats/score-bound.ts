import { within } from './argument.ts'
import { findRoot } from './root.ts'
import type { Units } from './units.ts'

/** Units, of which `counts[u]` are alike; without counts one each. */
export interface CountedUnits extends Units {
  readonly counts?: Float64Array
}

/** What all bounds of one sample share. */
interface Sample {
  readonly sums: Float64Array
  readonly sizes: Float64Array
  readonly counts: Float64Array
  /** Units. */
  readonly G: number
  /** Cases a unit. */
  readonly meanSize: number
  /** Mean difference per case. */
  readonly mean: number
}

/**
 * Tango's score statistic taken to graded differences in [−1, 1] and to clusters: the constrained-likelihood score of
 * a mean m, z = sign(x̄) √(G x̄ λ), where λ solves Σ x_u / (1 + λ x_u) = 0 for x_u = (S_u − m n_u) / n̄ (Owen 2001,
 * Empirical Likelihood, with possible values at ±1). With differences of −1, 0 and 1 it is Tango's (1998). An
 * extension of our own, held by simulation.
 */
export function scoreZ(units: CountedUnits, m: number): number {
  return zOf(sampleOf(units), within('m', m, -1, 1))
}

function zOf(sample: Sample, m: number): number {
  const { sums, sizes, counts, G, meanSize, mean } = sample
  const xs = new Float64Array(sums.length)
  let [least, most] = [Infinity, -Infinity]
  for (let u = 0; u < xs.length; u++) {
    const x = ((sums[u] as number) - m * (sizes[u] as number)) / meanSize
    xs[u] = x
    if (x < least) least = x
    if (x > most) most = x
  }
  const distance = mean - m
  if (Math.abs(distance) <= 1e-15) return 0
  // The lower side is the upper side of the mirrored sample.
  if (distance < 0) {
    for (let u = 0; u < xs.length; u++) xs[u] = -(xs[u] as number)
    return -magnitude(xs, counts, G, -distance, -most, 1 - m)
  }
  return magnitude(xs, counts, G, distance, least, 1 + m)
}

/**
 * |z| for x̄ > 0: λ is sought in (0, 1 / reach), where no 1 + λx is negative. `room` is the distance of m from its
 * end.
 */
function magnitude(
  xs: Float64Array,
  counts: Float64Array,
  G: number,
  mean: number,
  least: number,
  room: number,
): number {
  const reach = Math.max(-least, room)
  if (reach <= 0) return Number.MAX_VALUE
  const lambda = multiplier(xs, counts, 1 / reach, -least >= room)
  return Math.min(Number.MAX_VALUE, Math.sqrt(G * mean * lambda))
}

/** The root of Σ x / (1 + λx) in (0, end), by Newton's steps within a bracket; the end where there is none. */
function multiplier(xs: Float64Array, counts: Float64Array, end: number, pole: boolean): number {
  let [low, high] = [0, end]
  let lambda = 0
  if (!pole) {
    const [value] = sumsAt(xs, counts, end)
    if (value >= 0) return end
  }
  for (let i = 0; i < 200; i++) {
    const [value, slope] = sumsAt(xs, counts, lambda)
    if (value === 0) return lambda
    if (value > 0) low = lambda
    else high = lambda
    let next = lambda + value / slope
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - lambda) <= 1e-15 * high) return next
    lambda = next
  }
  return lambda
}

/** Σ x / (1 + λx), and the negative of its derivative. */
function sumsAt(xs: Float64Array, counts: Float64Array, lambda: number): [value: number, slope: number] {
  let [value, slope] = [0, 0]
  for (let u = 0; u < xs.length; u++) {
    const x = xs[u] as number
    const term = x / (1 + lambda * x)
    const count = counts[u] as number
    value += count * term
    slope += count * term * term
  }
  return [value, slope]
}

/**
 * The mean m below the observed one at which `scoreZ` reaches a critical value: the least that the score test does
 * not reject.
 */
export function scoreLowerBound(units: CountedUnits, crit: number): number {
  if (!(crit > 0)) throw new RangeError(`a critical value must be above 0, got ${crit}`)
  const sample = sampleOf(units)
  const { G, mean } = sample
  if (mean <= -1 || crit > 1e100) return -1
  const closed = (G * mean - crit * crit) / (G + crit * crit)
  if (holdsClosed(sample, closed)) return closed
  return findRoot((m) => zOf(sample, m) - crit, -1, mean)
}

/**
 * Whether λ lies at its end at m, so that the bound has the closed form: 1 + m ≤ G / Σ 1 / (1 + d), each case its own
 * unit.
 */
function holdsClosed({ sums, sizes, counts, G }: Sample, m: number): boolean {
  let total = 0
  for (let u = 0; u < sums.length; u++) {
    if (sizes[u] !== 1) return false
    total += (counts[u] as number) / (1 + (sums[u] as number))
  }
  return 1 + m <= G / total
}

function sampleOf({ sums, sizes, counts = new Float64Array(sums.length).fill(1) }: CountedUnits): Sample {
  if (sums.length === 0 || sums.length !== sizes.length || sums.length !== counts.length) {
    throw new RangeError('units must hold as many sums as sizes, and at least one')
  }
  let [G, n, total] = [0, 0, 0]
  for (let u = 0; u < sums.length; u++) {
    const [sum, size, count] = [sums[u] as number, sizes[u] as number, counts[u] as number]
    if (!(size > 0 && Math.abs(sum) <= size * (1 + 1e-9))) {
      throw new RangeError(`differences must lie in [-1, 1]: a unit of ${size} cases has the sum ${sum}`)
    }
    G += count
    n += count * size
    total += count * sum
  }
  return { sums, sizes, counts, G, meanSize: n / G, mean: total / n }
}
