import type { Billing } from '../model/billing.ts'
import type { Cost, Usage } from '../model/usage.ts'
import { inputTokens } from '../model/usage.ts'
import type { Prices } from '../pricing/open-prices.ts'
import { Moments } from '../stats/prediction.ts'
import { total } from './forecast-sums.ts'

/** What calls or cells cost. */
export class CostMoments {
  /** Of those whose price is not known, what is known of it. */
  readonly usd = new Moments()
  /** Those whose price is not known. */
  unpriced = 0

  /** One call or cell, of these parts. */
  add(costs: readonly Cost[], isPriced = !costs.includes('unknown')): void {
    this.usd.add(total(costs, (cost) => (cost === 'unknown' ? 0 : cost)))
    if (!isPriced) this.unpriced++
  }
}

/** Prices a call as one of a model, on a day. */
export interface Tariff {
  price(usage: Usage): Cost
  /** True once cached tokens were priced as plain ones: the model has no price for a cache. */
  readonly hasNoCache: boolean
}

/**
 * What calls would cost that were made to another model. Whoever sells no cache reads the whole prompt each time: there, cached tokens
 * are plain ones.
 */
export function tariffOf(billing: Billing, prices: Prices, at: Date): Tariff {
  let hasNoCache = false
  return {
    price(usage) {
      const told = prices.cost(billing, usage, at)
      if (told !== 'unknown' || (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0) === 0) return told
      const plain = prices.cost(billing, { input: inputTokens(usage), output: usage.output }, at)
      hasNoCache ||= plain !== 'unknown'
      return plain
    },
    get hasNoCache() {
      return hasNoCache
    },
  }
}
