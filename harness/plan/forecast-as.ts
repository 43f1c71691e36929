import type { Billing } from '../model/billing.ts'
import { billingKey } from '../model/billing.ts'
import type { Cost } from '../model/usage.ts'
import type { Predicted } from '../stats/prediction.ts'
import { sumBounds, sumPredicted } from '../stats/prediction.ts'
import type { ColumnForecast, Outlook, Payment, Seen } from './forecast-column.ts'
import { longestCallOf, outlookOf } from './forecast-column.ts'
import type { Tariff } from './forecast-costs.ts'
import { known } from './forecast-sums.ts'

/** A model that the columns are to be priced as. */
export interface OtherModel {
  /** As it was asked for: `sonnet-class`, `openai:gpt-4o`. */
  readonly name: string
  /** The provider id that stands for. */
  readonly id: string
  readonly billing: Billing
  readonly tariff: Tariff
  /** Prompt and reply together, in tokens. */
  readonly contextWindow?: number | undefined
}

/** What something costs now, and would cost on another model. */
interface Compared {
  readonly nowUsd: Cost
  readonly costUsd: Cost
  readonly interval: Predicted['interval']
  /** `costUsd` over `nowUsd`; null where either is not known, or nothing is paid now. */
  readonly ratio: number | null
}

export interface ColumnAs extends Compared, Pick<ColumnForecast, 'prompt' | 'provider' | 'basis'> {
  /** Tokens of its longest call, where they are more than the context window. */
  readonly tooLong?: number
}

/** What the columns of a suite would cost on one other model. Graders ask whom they ask now. */
export interface ModelForecast extends Compared {
  /** As it was asked for. */
  readonly model: string
  readonly id: string
  /** `vendor/model`, as the price table knows it. */
  readonly billing: string
  readonly contextWindow?: number
  readonly columns: readonly ColumnAs[]
  /** True where cached tokens are priced as plain ones: the model has no price for a cache. */
  readonly cacheAsInput?: true
}

/** @param now the outlook of each column as it is. */
export function forecastAs(
  { name, id, billing, tariff, contextWindow }: OtherModel,
  seen: readonly Seen[],
  now: readonly Outlook[],
): ModelForecast {
  const payment: Payment = {
    recorded: (usage) => usage.costOn(name),
    price: (usage) => tariff.price(usage),
  }
  const then = seen.map((column) => outlookOf(column, payment))
  const sum = then.some(({ isBound }) => isBound) ? sumBounds : sumPredicted
  const longest = seen.map(longestCallOf)
  const all = sum(then.map(({ costUsd }) => costUsd))
  return {
    model: name,
    id,
    billing: billingKey(billing),
    ...(contextWindow !== undefined && { contextWindow }),
    ...compared(known(now.map(costOf)), known(then.map(costOf)), all),
    columns: then.map((outlook, index) => columnAs(outlook, now[index], longest[index] ?? 0, contextWindow)),
    ...(tariff.hasNoCache && { cacheAsInput: true }),
  }
}

function columnAs(
  { column, costUsd }: Outlook,
  now: Outlook | undefined,
  longest: number,
  contextWindow = Number.POSITIVE_INFINITY,
): ColumnAs {
  const { prompt, provider, basis } = column
  const costs = compared(now === undefined ? 'unknown' : costOf(now), column.costUsd, costUsd)
  return { prompt, provider, basis, ...costs, ...(longest > contextWindow && { tooLong: longest }) }
}

function costOf({ column }: Outlook): Cost {
  return column.costUsd
}

function compared(nowUsd: Cost, costUsd: Cost, { interval }: Predicted): Compared {
  const isKnown = nowUsd !== 'unknown' && nowUsd > 0 && costUsd !== 'unknown'
  return {
    nowUsd,
    costUsd,
    interval: costUsd === 'unknown' ? null : interval,
    ratio: isKnown ? costUsd / nowUsd : null,
  }
}
