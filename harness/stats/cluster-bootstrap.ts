import { normalCdf, normalQuantile } from './normal.ts'
import { makeRandom } from './random.ts'

/** Fewer units say nothing of their own spread. */
const FEWEST_UNITS = 5
const RESAMPLES = 2000
const RESAMPLES_OF_MANY = 500
const MANY_UNITS = 5000
/** Of resamples, on which the statistic may be undefined before its interval is. */
const MOST_UNDEFINED = 0.1

/**
 * Interval of a statistic of sums, with whole units drawn again: repeats of a case stay together. The bootstrap is bias-corrected and
 * accelerated (Efron 1987, JASA 82:171; acceleration by the jackknife, Efron & Tibshirani 1993, 14.15), from a fixed seed.
 * @param units what each unit adds to the sums, all of one width; their order must not depend on time
 * @param statistic of the sums over the drawn units; null where it is undefined
 * @param level two-sided coverage
 * @returns null with under 5 units, where every resample gives the same, and where it is undefined for more than a tenth of them
 */
export function clusterBootstrap(
  units: readonly Float64Array[],
  statistic: (sums: Float64Array) => number | null,
  level = 0.95,
): { readonly lo: number; readonly hi: number } | null {
  const estimate = statistic(sumOf(units))
  if (estimate === null || units.length < FEWEST_UNITS) return null
  const drawn = replicates(units, statistic)
  if (drawn === undefined || drawn[0] === drawn.at(-1)) return null
  const below = drawn.filter((value) => value < estimate).length
  const ties = drawn.filter((value) => value === estimate).length
  // Half a replicate in from the ends: Φ⁻¹ of 0 and 1 is endless.
  const share = Math.min(
    1 - 0.5 / drawn.length,
    Math.max(0.5 / drawn.length, (below + ties / 2) / drawn.length),
  )
  const bias = normalQuantile(share)
  const acceleration = accelerationOf(units, statistic)
  const at = (p: number): number => {
    const z = bias + normalQuantile(p)
    return quantileOf(drawn, normalCdf(bias + z / (1 - acceleration * z)))
  }
  return { lo: at((1 - level) / 2), hi: at((1 + level) / 2) }
}

/**
 * What a statistic of sums stays at or below in a share `level` of resamples of whole units, from a fixed seed. Of the largest deviation
 * among several figures it is the half-width of intervals that hold for all of them at once, and so for whichever is the greatest.
 * @returns null where `clusterBootstrap` has no interval
 */
export function bootstrapQuantile(
  units: readonly Float64Array[],
  statistic: (sums: Float64Array) => number | null,
  level = 0.95,
): number | null {
  const drawn = units.length < FEWEST_UNITS ? undefined : replicates(units, statistic)
  return drawn === undefined || drawn[0] === drawn.at(-1) ? null : quantileOf(drawn, level)
}

function replicates(
  units: readonly Float64Array[],
  statistic: (sums: Float64Array) => number | null,
): readonly number[] | undefined {
  const resamples = units.length > MANY_UNITS ? RESAMPLES_OF_MANY : RESAMPLES
  const random = makeRandom(1)
  const drawn: number[] = []
  const sums = new Float64Array(units[0]?.length ?? 0)
  for (let i = 0; i < resamples; i++) {
    sums.fill(0)
    for (let j = 0; j < units.length; j++) add(sums, units[Math.floor(random() * units.length)], 1)
    const value = statistic(sums)
    if (value !== null) drawn.push(value)
  }
  return drawn.length < resamples * (1 - MOST_UNDEFINED) ? undefined : drawn.toSorted((a, b) => a - b)
}

/** The skewness of what leaving one unit out does, over 6. */
function accelerationOf(
  units: readonly Float64Array[],
  statistic: (sums: Float64Array) => number | null,
): number {
  const whole = sumOf(units)
  const left = units.flatMap((unit) => {
    const without = Float64Array.from(whole)
    add(without, unit, -1)
    return statistic(without) ?? []
  })
  const mean = left.reduce((sum, value) => sum + value, 0) / left.length
  let [squares, cubes] = [0, 0]
  for (const value of left) {
    squares += (mean - value) ** 2
    cubes += (mean - value) ** 3
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

function sumOf(units: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(units[0]?.length ?? 0)
  for (const unit of units) add(sums, unit, 1)
  return sums
}

function add(sums: Float64Array, unit: Float64Array | undefined, times: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + times * (unit?.[i] ?? 0)
}

/** The smallest value that at least this share of them do not exceed. */
function quantileOf(sorted: readonly number[], share: number): number {
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))
  return sorted[index] as number
}
