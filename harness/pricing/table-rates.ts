import type * as GenaiPrices from '@pydantic/genai-prices'
import type { ModelInfo, ModelPrice } from '@pydantic/genai-prices'
import type { Billing } from '../model/billing.ts'
import { idInArn, isInGovCloud, modelInRegion } from './bedrock-ids.ts'
import { matchesClosely } from './close-match.ts'
import { decimalOf } from './decimal.ts'
import type { Rate, Rates } from './rates.ts'
import { scaledRate } from './rates.ts'

export type PriceTable = Pick<typeof GenaiPrices, 'calcPrice'>

/** Rates at one moment. */
export interface Found {
  readonly rates: Rates
  /** The same from midnight to midnight (UTC). */
  readonly holdsAllDay: boolean
  /** An overlay's, or made of the table's by one. */
  readonly isOwn?: boolean | undefined
}

/** Anthropic's price of an hour in the cache, in prices of input, wherever the table does not have it. */
const HOUR_IN_CACHE = decimalOf(2)

/** What a table's entry may charge apart from the text of a reply: then tokens of output alone do not tell the price. */
const SEPARATE_OUTPUT = /^output_(?:reasoning|citation|audio|image|video)_mtok$/

/**
 * Rates of a model as the table has them at a moment; undefined where it does not have the model, or not surely this one.
 * @param billing its tier stands in the model's name where the table knows one: `openai/gpt-6-sol:batch`
 */
export function ratesInTable(table: PriceTable, { vendor, model }: Billing, at: Date): Found | undefined {
  for (const id of idsOf(vendor, model)) {
    const hit = table.calcPrice({}, id, { providerId: vendor, timestamp: at })
    if (hit === null) continue
    const { provider, model: entry } = hit
    // The table takes `openai-compatible` for OpenAI, by a part of its name.
    if (provider.id !== vendor || !isEntryOf(entry, id)) return undefined
    const prices = Array.isArray(entry.prices) ? entry.prices : []
    return {
      rates: ratesOf(hit.model_price, entry),
      holdsAllDay: prices.every(({ constraint }) => constraint?.type !== 'time_of_date'),
    }
  }
  return undefined
}

function idsOf(vendor: string, model: string): readonly string[] {
  const asked = model.toLowerCase().trim()
  if (vendor !== 'aws') return [asked]
  if (isInGovCloud(asked)) return []
  const id = idInArn(asked)
  if (id === undefined) return []
  const inRegion = modelInRegion(id)
  return inRegion === undefined ? [id] : [id, inRegion]
}

function isEntryOf(entry: ModelInfo, id: string): boolean {
  // A global profile costs less than a regional one, or is not there.
  if (id.startsWith('global.') && !entry.id.startsWith('global.')) return false
  // The table finds 20250929 as 2025-09-29 too.
  return [id, id.replace(/-(20\d\d)(\d\d)(\d\d)(?=-|:|$)/, '-$1-$2-$3')].some((name) =>
    matchesClosely(entry, name),
  )
}

function ratesOf(prices: ModelPrice, { id }: ModelInfo): Rates {
  const rate = (key: string): Rate | undefined => rateOf(prices[key])
  const [input, cacheWrite] = [rate('input_mtok'), rate('cache_write_mtok')]
  const isSeparate = Object.keys(prices).some((key) => SEPARATE_OUTPUT.test(key))
  const doublesForAnHour = /claude/.test(id) && input !== undefined && cacheWrite !== undefined
  const calls = rate('requests_kcount')?.base
  return {
    input,
    output: isSeparate ? undefined : rate('output_mtok'),
    cacheRead: rate('cache_read_mtok'),
    cacheWrite,
    cacheWrite1h:
      rate('cache_write_1h_mtok') ?? (doublesForAnHour ? scaledRate(input, HOUR_IN_CACHE) : undefined),
    ...(calls !== undefined && { calls }),
  }
}

function rateOf(price: ModelPrice[string]): Rate | undefined {
  if (price === undefined) return undefined
  if (typeof price === 'number') return { base: cleaned(price) }
  const tiers = price.tiers.toSorted((a, b) => a.start - b.start)
  return {
    base: cleaned(price.base),
    longer: tiers.map((tier) => ({ above: tier.start, price: cleaned(tier.price) })),
  }
}

/** Some prices of the table were computed, and carry the error of that: 0.18000000000000002. */
function cleaned(price: number): ReturnType<typeof decimalOf> {
  return decimalOf(Number(price.toPrecision(12)))
}
