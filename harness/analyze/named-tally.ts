import type { NamedTotals } from '../verify/derived-metrics.ts'
import { ExactSum } from '../stats/exact-sum.ts'
import { Mean } from './mean.ts'

/** The named scores of a column: their means, and the weighted sums that derived metrics are computed from. */
export class NamedTally {
  readonly #metrics = new Map<string, { readonly mean: Mean; readonly weighted: ExactSum }>()

  add(scores: Readonly<Record<string, number>>, weights: Readonly<Record<string, number>> = {}): void {
    for (const [name, score] of Object.entries(scores)) {
      const weighted = score * (weights[name] ?? 1)
      if (!Number.isFinite(weighted)) continue
      let metric = this.#metrics.get(name)
      if (metric === undefined)
        this.#metrics.set(name, (metric = { mean: new Mean(), weighted: new ExactSum() }))
      metric.mean.add(score)
      metric.weighted.add(weighted)
    }
  }

  means(): Record<string, number> {
    return Object.fromEntries(this.#sorted().map(([name, { mean }]) => [name, mean.value as number]))
  }

  sums(): NamedTotals['sums'] {
    return Object.fromEntries(this.#sorted().map(([name, { weighted }]) => [name, weighted.value]))
  }

  /** By name: the order of arrival must not show. */
  #sorted(): [string, { readonly mean: Mean; readonly weighted: ExactSum }][] {
    return [...this.#metrics].sort(([a], [b]) => (a < b ? -1 : 1))
  }
}
