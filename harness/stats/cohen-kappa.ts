import { wholeNumber } from './argument.ts'
import { clusterBootstrap } from './cluster-bootstrap.ts'

/** How far apart two categories count: all alike, by steps, or by squared steps. */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

/** A coefficient of agreement: 1 is perfect, 0 what chance gives, below 0 less than that. */
export interface Coefficient {
  /** Null where chance alone agrees always (one category), or there is nothing. */
  readonly value: number | null
  /** 95 %, by units; null where it cannot be told. */
  readonly interval: { readonly lo: number; readonly hi: number } | null
  /** Units that it rests on. */
  readonly units: number
}

/**
 * Cohen's kappa of two raters who put each unit into one category (1960, EPM 20:37), and its weighted form for ordered ones (1968,
 * Psychol. Bull. 70:213): one minus the disagreement seen over the disagreement that both raters' own habits give by chance. The
 * interval is by bootstrap over units.
 *
 * How it can be wrong: it falls where one category is rare, though raters agree as often (its paradox, Feinstein & Cicchetti 1990); and
 * raters who are off by a constant step agree badly by it, as they should.
 * @param pairs category of each unit by both raters, counted from 0
 * @param categories how many there are
 * @throws RangeError for a category that is none of them
 */
export function cohenKappa(
  pairs: readonly (readonly [number, number])[],
  categories: number,
  weights: KappaWeights = 'none',
): Coefficient {
  const k = wholeNumber('a number of categories', categories, 1)
  const units = pairs.map(([a, b]) => {
    for (const category of [a, b]) {
      wholeNumber('a category', category)
      if (category >= k) throw new RangeError(`a category must be below ${k}, got ${category}`)
    }
    const counts = new Float64Array(k * k)
    counts[a * k + b] = 1
    return counts
  })
  const statistic = (table: Float64Array): number | null => kappaOf(table, k, weights)
  const total = new Float64Array(k * k)
  for (const [a, b] of pairs) total[a * k + b] = (total[a * k + b] ?? 0) + 1
  return {
    value: statistic(total),
    interval: clusterBootstrap(units, statistic),
    units: units.length,
  }
}

/** @param table rows are the first rater's categories, columns the second's */
function kappaOf(table: Float64Array, k: number, weights: KappaWeights): number | null {
  const rows = new Float64Array(k)
  const columns = new Float64Array(k)
  let n = 0
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const count = table[i * k + j] ?? 0
      rows[i] = (rows[i] ?? 0) + count
      columns[j] = (columns[j] ?? 0) + count
      n += count
    }
  }
  let [seen, expected] = [0, 0]
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const apart = distance(i, j, weights)
      seen += apart * (table[i * k + j] ?? 0) * n
      expected += apart * (rows[i] ?? 0) * (columns[j] ?? 0)
    }
  }
  return expected === 0 ? null : 1 - seen / expected
}

function distance(i: number, j: number, weights: KappaWeights): number {
  if (weights === 'none') return i === j ? 0 : 1
  return weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2
}
