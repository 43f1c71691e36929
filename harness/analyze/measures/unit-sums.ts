import type { Interval } from '../../model/analysis.ts'
import { bootstrapQuantile, clusterBootstrap } from '../../stats/cluster-bootstrap.ts'
import { caseTotals, effectiveSize } from '../../stats/effective-size.ts'
import { wilson } from '../../stats/wilson.ts'

/** A figure and its 95 % interval by cases; both null where nothing was counted. */
export interface Estimate {
  readonly value: number | null
  readonly interval: Interval | null
}

/** Sums of several counts by case: what figures and their intervals are computed from, since repeats of a case are not independent. */
export class UnitSums {
  readonly #width: number
  readonly #units = new Map<string, Float64Array>()
  /** Of `units`, until another case comes: every figure of a column asks for it, and there are many. */
  #ordered: readonly Float64Array[] | undefined

  /** @param width how many counts are kept of each case */
  constructor(width: number) {
    this.#width = width
  }

  add(caseId: string, index: number, amount: number): void {
    let sums = this.#units.get(caseId)
    if (sums === undefined) {
      this.#units.set(caseId, (sums = new Float64Array(this.#width)))
      this.#ordered = undefined
    }
    sums[index] = (sums[index] ?? 0) + amount
  }

  /** Cases that anything was counted of. */
  get size(): number {
    return this.#units.size
  }

  /** By case id: the order of arrival must not show. */
  units(): readonly Float64Array[] {
    this.#ordered ??= [...this.#units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sums]) => sums)
    return this.#ordered
  }

  total(index: number): number {
    let total = 0
    for (const sums of this.units()) total += sums[index] ?? 0
    return total
  }

  /** Count `of` over count `among`, both whole numbers: Wilson's interval, with repeats at what they are worth. */
  rate(of: number, among: number): Estimate {
    const units = this.units()
    const totals = caseTotals(
      units.map((sums) => sums[of] ?? 0),
      units.map((sums) => sums[among] ?? 0),
    )
    if (totals === null) return { value: null, interval: null }
    return { value: totals.rate, interval: wilson(totals.rate, effectiveSize(totals)) }
  }

  /** Any statistic of the totals: an interval by bootstrap over the cases. */
  statistic(compute: (totals: Float64Array) => number | null): Estimate {
    const units = this.units()
    const totals = new Float64Array(this.#width)
    for (const sums of units)
      for (const [index, amount] of sums.entries()) totals[index] = (totals[index] ?? 0) + amount
    return { value: units.length === 0 ? null : compute(totals), interval: clusterBootstrap(units, compute) }
  }

  /** What a statistic of the totals stays at or below in 95 % of resamples of the units; null where an interval has too little to go by. */
  quantile(compute: (totals: Float64Array) => number | null): number | null {
    return bootstrapQuantile(this.units(), compute)
  }
}
