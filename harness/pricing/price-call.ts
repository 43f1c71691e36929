import type { Cost, Usage } from '../model/usage.ts'
import type { Price } from './prices.ts'
import { PRICES } from './prices.ts'

const TOKENS_PER_PRICE = 1_000_000

/**
 * The cost of one call in USD: its four token classes, each at its own price, added up. `unknown` when the model has no
 * price, or has none for a class of which tokens were used.
 */
export function priceCall(
  model: string,
  usage: Usage,
  prices: Readonly<Record<string, Price>> = PRICES,
): Cost {
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined
  if (price === undefined) return 'unknown'
  const parts = [
    cost(usage.input, price.input),
    cost(usage.output, price.output),
    cost(usage.cacheRead, price.cacheRead),
    cost(usage.cacheWrite, price.cacheWrite),
  ]
  return parts.reduce<Cost>(
    (sum, part) => (sum === 'unknown' || part === 'unknown' ? 'unknown' : sum + part),
    0,
  )
}

function cost(tokens: number | undefined, price: number | undefined): Cost {
  if (tokens === undefined || tokens === 0) return 0
  return price === undefined ? 'unknown' : (tokens * price) / TOKENS_PER_PRICE
}
