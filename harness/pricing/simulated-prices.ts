import type { Cost, Usage } from '../model/usage.ts'
import type { Rates } from './rates.ts'
import { costOf, flatRates } from './rates.ts'

/** What the simulated models are billed by. */
export const SIMULATED = 'simulated'

/**
 * Prices of the simulated models. They are invented: of the order of a small and a middling hosted model, and of one at home, so that cost columns can
 * be read and tested. They say nothing about anyone's bill.
 */
const RATES: ReadonlyMap<string, Rates> = new Map([
  ['flash', flatRates({ input: 0.1, output: 0.4, cacheRead: 0.025, cacheWrite: 0.125, cacheWrite1h: 0.2 })],
  ['sonnet', flatRates({ input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWrite1h: 6 })],
  // A machine of one's own sends no bill: this is its price and its power over the tokens it makes in its life. What it keeps of a prompt
  // costs it memory and no time.
  [
    'local-q4',
    flatRates({ input: 0.02, output: 0.25, cacheRead: 0.002, cacheWrite: 0.02, cacheWrite1h: 0.02 }),
  ],
])

export function simulatedRates(model: string): Rates | undefined {
  return RATES.get(model)
}

/** USD of one call of a simulated model, without loading the price table. */
export function simulatedCost(model: string, usage: Usage): Cost {
  const rates = simulatedRates(model)
  return rates === undefined ? 'unknown' : costOf(usage, rates)
}
