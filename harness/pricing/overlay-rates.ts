import type { PriceEntry } from '../model/price-overlay.ts'
import { flatRates, scaled } from './rates.ts'
import type { Found } from './table-rates.ts'

/** What is asked of an overlay. */
interface Asked {
  /** All names of the model, as `vendor/model`. */
  readonly names: readonly string[]
  readonly tier: string | undefined
  /** In UTC: 2027-01-31. */
  readonly day: string
}

/**
 * Rates of the entry that holds: the exact name before a prefix, the longer prefix before a shorter one, then the later `from`. A factor
 * applies to the prices of the next such entry that has any, else to `otherwise`; undefined where no entry holds.
 * @param otherwise the rates without the overlay
 */
export function ratesInOverlay(
  entries: readonly PriceEntry[],
  asked: Asked,
  otherwise: () => Found | undefined,
): Found | undefined {
  const holding = entries.filter((entry) => holds(entry, asked)).sort(bySpecificity)
  const [best] = holding
  if (best === undefined) return undefined
  if (best.factor === undefined) return priced(best)
  const under = holding.find(({ factor }) => factor === undefined)
  const found = under === undefined ? otherwise() : priced(under)
  return found && { ...found, rates: scaled(found.rates, best.factor), isOwn: true }
}

function priced(entry: PriceEntry): Found {
  return { rates: flatRates(entry), holdsAllDay: true, isOwn: true }
}

function holds({ model, tier, from = '', until }: PriceEntry, asked: Asked): boolean {
  if (tier?.toLowerCase() !== asked.tier) return false
  if (asked.day < from || (until !== undefined && asked.day > until)) return false
  const pattern = model.toLowerCase()
  const prefix = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined
  return asked.names.some((name) => (prefix === undefined ? name === pattern : name.startsWith(prefix)))
}

function bySpecificity(a: PriceEntry, b: PriceEntry): number {
  const isPrefix = ({ model }: PriceEntry): number => Number(model.endsWith('*'))
  const days = (a.from ?? '') < (b.from ?? '') ? 1 : -1
  return isPrefix(a) - isPrefix(b) || b.model.length - a.model.length || days
}
