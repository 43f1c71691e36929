import { openUnit, wholeNumber } from './argument.ts'
import { betaQuantile } from './beta.ts'
import { probability } from './probability.ts'
import type { RateInterval } from './wilson.ts'

/**
 * Clopper & Pearson's interval of a rate (1934, Biometrika 26:404): it covers the true rate at least as often as it
 * says, at every rate and size, at the price of being wide. `n` independent observations.
 */
export function clopperPearson(successes: number, n: number, confidence: number): RateInterval {
  wholeNumber('n', n, 1)
  wholeNumber('successes', successes)
  if (successes > n) throw new RangeError(`${successes} successes of ${n}`)
  const a = (1 - openUnit('confidence', confidence)) / 2
  return {
    lo: probability(successes === 0 ? 0 : betaQuantile(a, successes, n - successes + 1)),
    hi: probability(successes === n ? 1 : 1 - betaQuantile(a, n - successes, successes + 1)),
  }
}
