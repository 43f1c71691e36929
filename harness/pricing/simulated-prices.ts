import type { Cost, Usage } from '../model/usage.ts'
import type { Rates } from './rates.ts'
import { costOf, flatRates } from './rates.ts'

/** What the simulated models are billed by. */
export const SIMULATED = 'simulated'

/**
 * Prices of the simulated models. They are invented: of the order of a small and a middling hosted model, so that cost columns can
 * be read and tested. They say nothing about anyone's bill.
 */
const RATES: ReadonlyMap<string, Rates> = new Map([
  ['flash', flatRates({ input: 0.1, output: 0.4, cacheRead: 0.025, cacheWrite: 0.125, cacheWrite1h: 0.2 })],
  ['sonnet', flatRates({ input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWrite1h: 6 })],
])

export function simulatedRates(model: string): Rates | undefined {
  return RATES.get(model)
}

/** USD of one call of a simulated model, without loading the price table. */
export function simulatedCost(model: string, usage: Usage): Cost {
  const rates = simulatedRates(model)
  return rates === undefined ? 'unknown' : costOf(usage, rates)
}
