import type { TokenPrices } from '../model/price-overlay.ts'
import type { Cost, Usage } from '../model/usage.ts'
import { inputTokens } from '../model/usage.ts'
import type { Decimal } from './decimal.ts'
import { ZERO, decimalOf, plus, shifted, times, toNumber } from './decimal.ts'

/** Prices are quoted per 10^6 tokens, and fees per 10^3 calls. */
const TOKENS = 6
const CALLS = 3

/** USD per million tokens of one class: another price for all of them once the prompt is longer than a bound. */
export interface Rate {
  readonly base: Decimal
  /** By length of the prompt, shortest first. */
  readonly longer?: readonly { readonly above: number; readonly price: Decimal }[] | undefined
}

/** What a model costs. A class without a rate has no known price. */
export interface Rates {
  readonly input?: Rate | undefined
  readonly output?: Rate | undefined
  readonly cacheRead?: Rate | undefined
  readonly cacheWrite?: Rate | undefined
  readonly cacheWrite1h?: Rate | undefined
  /** USD per thousand calls, whatever they use. */
  readonly calls?: Decimal | undefined
}

const CLASSES = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const

/**
 * USD of one call: the tokens of each class at its rate, added up without error and rounded once to a double. `unknown` where tokens
 * of a class were used that has no rate, and for a count that is none.
 */
export function costOf(usage: Usage, rates: Rates): Cost {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = usage
  const tokens = {
    input,
    output,
    cacheRead,
    cacheWrite: Math.max(0, cacheWrite - cacheWrite1h),
    cacheWrite1h,
  }
  const promptTokens = inputTokens(usage)
  let sum = rates.calls === undefined ? ZERO : shifted(rates.calls, CALLS)
  for (const name of CLASSES) {
    const count = tokens[name]
    if (count === 0) continue
    const rate = rates[name]
    if (rate === undefined || !Number.isFinite(count) || count < 0) return 'unknown'
    sum = plus(sum, shifted(times(decimalOf(count), priceAt(rate, promptTokens)), TOKENS))
  }
  return toNumber(sum)
}

function priceAt({ base, longer = [] }: Rate, promptTokens: number): Decimal {
  return longer.findLast(({ above }) => promptTokens > above)?.price ?? base
}

/** Rates of flat prices. */
export function flatRates(prices: TokenPrices): Rates {
  const rates: Partial<Record<(typeof CLASSES)[number], Rate>> = {}
  for (const name of CLASSES) {
    const price = prices[name]
    if (price !== undefined) rates[name] = { base: decimalOf(price) }
  }
  return rates
}

/** Every rate, and the fee of a call, times a factor. */
export function scaled(rates: Rates, factor: number): Rates {
  const by = decimalOf(factor)
  const scaledRates: { -readonly [K in keyof Rates]: Rates[K] } = {}
  for (const name of CLASSES) {
    const rate = rates[name]
    if (rate !== undefined) scaledRates[name] = scaledRate(rate, by)
  }
  if (rates.calls !== undefined) scaledRates.calls = times(rates.calls, by)
  return scaledRates
}

export function scaledRate({ base, longer }: Rate, by: Decimal): Rate {
  return {
    base: times(base, by),
    longer: longer?.map(({ above, price }) => ({ above, price: times(price, by) })),
  }
}
