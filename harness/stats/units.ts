import { finiteSample, sameLength } from './argument.ts'

/** What names the cluster of each case. */
export type ClusterIds = ArrayLike<number | string>

/** Sums of a figure over the cases of each unit, and the cases in it. A unit is a cluster, or a case of its own. */
export interface Units {
  readonly sums: Float64Array
  readonly sizes: Float64Array
}

/** Cases added up by cluster, in the order in which clusters appear; without clusters each case is its own. */
export function unitsOf(values: ArrayLike<number>, clusters?: ClusterIds): Units {
  finiteSample('values', values)
  if (clusters === undefined) {
    return { sums: Float64Array.from(values), sizes: new Float64Array(values.length).fill(1) }
  }
  sameLength('values and clusters', values, clusters)
  const index = new Map<number | string, number>()
  const sums = new Float64Array(values.length)
  const sizes = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const id = clusters[i] as number | string
    let unit = index.get(id)
    if (unit === undefined) index.set(id, (unit = index.size))
    sums[unit] = (sums[unit] as number) + (values[i] as number)
    sizes[unit] = (sizes[unit] as number) + 1
  }
  return { sums: sums.slice(0, index.size), sizes: sizes.slice(0, index.size) }
}

/**
 * Kish's effective number of units, n² / Σ n_u² (Kish 1965, Survey Sampling): fewer than there are where sizes
 * differ.
 */
export function effectiveUnits({ sizes }: Pick<Units, 'sizes'>): number {
  let [n, squares] = [0, 0]
  for (let u = 0; u < sizes.length; u++) {
    const size = sizes[u] as number
    n += size
    squares += size * size
  }
  return (n * n) / squares
}
