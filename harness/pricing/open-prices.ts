import type { Billing } from '../model/billing.ts'
import { billingKey } from '../model/billing.ts'
import type { PriceEntry, PriceOverlay } from '../model/price-overlay.ts'
import type { Cost, Usage } from '../model/usage.ts'
import { idInArn } from './bedrock-ids.ts'
import { ratesInOverlay } from './overlay-rates.ts'
import { pricesVersion } from './prices-version.ts'
import { costOf } from './rates.ts'
import { SIMULATED, simulatedRates } from './simulated-prices.ts'
import type { Found, PriceTable } from './table-rates.ts'
import { ratesInTable } from './table-rates.ts'

/** Prices as they hold on a day: the price table's, and those of an overlay before them. */
export interface Prices {
  /** What they come from, for the record: the table's package and version, and the overlay's digest. */
  readonly version: string
  /** USD of one call: its token classes, each at its own price, added up; `unknown` where one of them has no price. */
  cost(billing: Billing, usage: Usage, at: Date): Cost
  /** True where prompts and replies have a price that day. */
  knows(billing: Billing, at: Date): boolean
  /** True where the price is the overlay's: whoever wrote it means it to go before what a provider tells of its costs. */
  isOwn(billing: Billing, at: Date): boolean
}

const DAY_MS = 86_400_000

/** Names that vendors have for the tier that is not one. */
const STANDARD: ReadonlySet<string> = new Set(['standard', 'default'])

/** Loads the price table, once a process. */
export async function openPrices(overlay?: PriceOverlay): Promise<Prices> {
  const [table, version] = await Promise.all([import('@pydantic/genai-prices'), pricesVersion(overlay)])
  return new PriceBook(version, table, overlay?.entries ?? [])
}

/** Looks each model up once a day: the table takes its time. */
class PriceBook implements Prices {
  readonly version: string
  readonly #table: PriceTable
  readonly #entries: readonly PriceEntry[]
  readonly #known = new Map<string, Found | undefined>()

  constructor(version: string, table: PriceTable, entries: readonly PriceEntry[]) {
    this.version = version
    this.#table = table
    this.#entries = entries
  }

  cost(billing: Billing, usage: Usage, at: Date): Cost {
    const found = this.#found(billing, at)
    return found === undefined ? 'unknown' : costOf(usage, found.rates)
  }

  knows(billing: Billing, at: Date): boolean {
    const rates = this.#found(billing, at)?.rates
    return rates?.input !== undefined && rates.output !== undefined
  }

  isOwn(billing: Billing, at: Date): boolean {
    return this.#found(billing, at)?.isOwn === true
  }

  #found(billing: Billing, at: Date): Found | undefined {
    const day = Math.floor(at.getTime() / DAY_MS)
    const key = `${day} ${billing.tier ?? ''} ${billingKey(billing)}`
    const known = this.#known.get(key)
    if (known !== undefined || this.#known.has(key)) return known
    const found = this.#find(billing, at)
    if (found?.holdsAllDay !== false) this.#known.set(key, found)
    return found
  }

  #find({ vendor, model, tier }: Billing, at: Date): Found | undefined {
    const asked = tier?.toLowerCase()
    return asked === undefined || STANDARD.has(asked)
      ? this.#standard({ vendor, model }, at)
      : this.#ofTier({ vendor, model, tier: asked }, at)
  }

  #standard(billing: Billing, at: Date): Found | undefined {
    const otherwise = (): Found | undefined => this.#inTable(billing, at)
    return this.#inOverlay(billing, at, otherwise) ?? otherwise()
  }

  /** Nothing is known of a tier but what an overlay says, and where the table has it as a model of its own. */
  #ofTier({ vendor, model, tier }: Billing, at: Date): Found | undefined {
    const standard = (): Found | undefined => this.#standard({ vendor, model }, at)
    return (
      this.#inOverlay({ vendor, model, tier }, at, standard) ??
      this.#inTable({ vendor, model: `${model}:${tier}` }, at)
    )
  }

  #inOverlay(billing: Billing, at: Date, otherwise: () => Found | undefined): Found | undefined {
    if (this.#entries.length === 0) return undefined
    const day = at.toISOString().slice(0, 10)
    return ratesInOverlay(this.#entries, { names: namesOf(billing), tier: billing.tier, day }, otherwise)
  }

  #inTable(billing: Billing, at: Date): Found | undefined {
    if (billing.vendor !== SIMULATED) return ratesInTable(this.#table, billing, at)
    const rates = simulatedRates(billing.model)
    return rates && { rates, holdsAllDay: true }
  }
}

/** As an overlay may name a model: as it was asked for, and what an ARN names. */
function namesOf({ vendor, model }: Billing): string[] {
  const inArn = vendor === 'aws' ? idInArn(model) : undefined
  return [model, ...(inArn === undefined || inArn === model ? [] : [inArn])].map((name) =>
    billingKey({ vendor, model: name }).toLowerCase(),
  )
}
