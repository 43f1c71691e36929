import { type ClusterIds, effectiveUnits, unitsOf } from './units.ts'

/** A mean, and its standard error by three formulas. */
export interface ClusteredMean {
  readonly mean: number
  /** As if all scores were independent, with n − 1; null for one score. */
  readonly seIid: number | null
  /** By clusters (Miller 2024, arXiv:2411.00640, eq. 4), without small-sample correction. */
  readonly seClustered: number
  /** The same times √(G / (G − 1)); null for one cluster. To be used with t of effectiveClusters − 1. */
  readonly seCorrected: number | null
  readonly clusters: number
  /** Kish's effective number of clusters. */
  readonly effectiveClusters: number
}

/** The mean of scores that come in clusters; without clusters each score is its own. */
export function clusteredMean(scores: ArrayLike<number>, clusters?: ClusterIds): ClusteredMean {
  const units = unitsOf(scores, clusters)
  const { sums, sizes } = units
  const n = scores.length
  const mean = sums.reduce((total, sum) => total + sum, 0) / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((scores[i] as number) - mean) ** 2
  let clustered = 0
  for (let u = 0; u < sums.length; u++) clustered += ((sums[u] as number) - mean * (sizes[u] as number)) ** 2
  const seClustered = Math.sqrt(clustered) / n
  const G = sums.length
  return {
    mean,
    seIid: n === 1 ? null : Math.sqrt(squares / (n - 1) / n),
    seClustered,
    seCorrected: G === 1 ? null : seClustered * Math.sqrt(G / (G - 1)),
    clusters: G,
    effectiveClusters: effectiveUnits(units),
  }
}
