import { finiteSample } from './argument.ts'
import { clusterBootstrap } from './cluster-bootstrap.ts'
import type { Coefficient } from './cohen-kappa.ts'

/** What differences between values mean: none but that they differ, their order, or their size. */
export type Measurement = 'nominal' | 'ordinal' | 'interval'

/** Nominal and ordinal values are counted pair by pair: more of them are no categories. */
const MOST_CATEGORIES = 100

interface Sums {
  readonly units: readonly Float64Array[]
  readonly statistic: (sums: Float64Array) => number | null
}

/**
 * Krippendorff's alpha: agreement of any number of raters, some of whom may be missing, on nominal, ordinal or interval values
 * (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"): one minus the disagreement within units over the disagreement of
 * all values whatever their unit. The interval is by bootstrap over units.
 *
 * How it can be wrong: it has no value where all values are one, however much raters agree; and units that only one rater has
 * seen tell nothing, so that what is missing must be missing by chance.
 * @param units values of each unit, one of each rater; null for one that is missing
 * @param clusters which units belong together: the interval then draws whole clusters
 * @throws RangeError for a value that is not finite, and for more than 100 nominal or ordinal ones
 */
export function krippendorffAlpha(
  units: readonly (readonly (number | null)[])[],
  measurement: Measurement,
  clusters?: readonly string[],
): Coefficient {
  const rated = units.map((unit) => unit.filter((value) => value !== null))
  const pairable = rated.filter((unit) => unit.length > 1)
  for (const unit of pairable) finiteSample('values of a unit', unit)
  if (pairable.length === 0) return { value: null, interval: null, units: 0 }
  const { units: sums, statistic } =
    measurement === 'interval' ? momentsOf(pairable) : coincidencesOf(pairable, measurement)
  const total = new Float64Array(sums[0]?.length ?? 0)
  for (const unit of sums) for (const [i, amount] of unit.entries()) total[i] = (total[i] ?? 0) + amount
  return {
    value: statistic(total),
    interval: clusterBootstrap(
      clusters === undefined
        ? sums
        : merged(
            sums,
            clusters.filter((_, i) => (rated[i]?.length ?? 0) > 1),
          ),
      statistic,
    ),
    units: pairable.length,
  }
}

function merged(sums: readonly Float64Array[], clusters: readonly string[]): Float64Array[] {
  const whole = new Map<string, Float64Array>()
  for (const [i, unit] of sums.entries()) {
    const name = clusters[i] ?? ''
    const before = whole.get(name)
    whole.set(name, before === undefined ? unit : unit.map((amount, j) => amount + (before[j] ?? 0)))
  }
  return [...whole.values()]
}

/** Values, their sum, their squares, and squared differences within the unit: all that squared distances need. */
function momentsOf(pairable: readonly (readonly number[])[]): Sums {
  // Far from 0 squares would cancel; alpha is the same wherever the scale begins.
  const origin = pairable[0]?.[0] ?? 0
  const units = pairable.map((given) => {
    const unit = given.map((value) => value - origin)
    let within = 0
    for (const a of unit) for (const b of unit) within += (a - b) ** 2
    const sum = unit.reduce((total, value) => total + value, 0)
    const squares = unit.reduce((total, value) => total + value * value, 0)
    return Float64Array.of(unit.length, sum, squares, within / (unit.length - 1))
  })
  return {
    units,
    statistic([n = 0, sum = 0, squares = 0, within = 0]) {
      const expected = 2 * (n * squares - sum * sum)
      return expected <= 1e-12 * n * squares ? null : 1 - ((n - 1) * within) / expected
    },
  }
}

/** How often values stand side by side in a unit, each pair by one less than the unit's values. */
function coincidencesOf(pairable: readonly (readonly number[])[], measurement: 'nominal' | 'ordinal'): Sums {
  const categories = [...new Set(pairable.flat())].sort((a, b) => a - b)
  const k = categories.length
  if (k > MOST_CATEGORIES) throw new RangeError(`expected at most ${MOST_CATEGORIES} categories, got ${k}`)
  const indexOf = new Map(categories.map((category, index) => [category, index]))
  const units = pairable.map((unit) => {
    const counts = new Float64Array(k * k)
    for (const [i, a] of unit.entries()) {
      for (const [j, b] of unit.entries()) {
        if (i === j) continue
        const at = (indexOf.get(a) ?? 0) * k + (indexOf.get(b) ?? 0)
        counts[at] = (counts[at] ?? 0) + 1 / (unit.length - 1)
      }
    }
    return counts
  })
  return { units, statistic: (coincidences) => alphaOf(coincidences, k, measurement) }
}

function alphaOf(coincidences: Float64Array, k: number, measurement: 'nominal' | 'ordinal'): number | null {
  const marginals = new Float64Array(k)
  for (const [i, count] of coincidences.entries()) {
    const row = Math.floor(i / k)
    marginals[row] = (marginals[row] ?? 0) + count
  }
  const n = marginals.reduce((sum, count) => sum + count, 0)
  let [seen, expected] = [0, 0]
  for (let c = 0; c < k; c++) {
    // Of c, then of all ranks from c to d: half of both ends and all between.
    let between = marginals[c] ?? 0
    for (let d = c + 1; d < k; d++) {
      between += marginals[d] ?? 0
      const ordinal = between - ((marginals[c] ?? 0) + (marginals[d] ?? 0)) / 2
      const squared = measurement === 'nominal' ? 1 : ordinal ** 2
      seen += squared * (coincidences[c * k + d] ?? 0)
      expected += squared * (marginals[c] ?? 0) * (marginals[d] ?? 0)
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * seen) / expected
}
