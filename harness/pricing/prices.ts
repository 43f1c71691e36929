/** What a model costs, in USD per million tokens of each class. A class without a price makes a call that uses it `unknown`. */
export interface Price {
  readonly input: number
  readonly output: number
  readonly cacheRead?: number
  readonly cacheWrite?: number
}

/** The table's version: the day its entries were last checked. It is stamped into every run. */
export const PRICES_AS_OF = '2026-11-01'

/**
 * Prices by model. The simulated ones are invented: of the order of a small and a middling hosted model, so that
 * cost columns can be read and tested. They say nothing about anyone's bill.
 */
export const PRICES: Readonly<Record<string, Price>> = {
  'simulated:flash': { input: 0.1, output: 0.4, cacheRead: 0.025, cacheWrite: 0.125 },
  'simulated:sonnet': { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
}
