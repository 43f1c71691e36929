import type { Cost } from '../model/usage.ts'
import { billingOfProvider } from '../pricing/billing-of-provider.ts'
import type { Prices } from '../pricing/open-prices.ts'
import type { ModelRequest } from './call.ts'
import type { Normalised } from './reply.ts'

/**
 * USD of a call that was made. What the call says it is billed as goes by the price table, before a cost that the provider tells;
 * one that tells neither is priced by the id of its provider, and so is one whose model the user has a price for. Nothing is made of
 * token counts that are only estimates.
 */
export function costOfCall(
  { provider, spec }: Pick<ModelRequest, 'provider' | 'spec'>,
  { billing, usage, costUsd: told }: Pick<Normalised, 'billing' | 'usage' | 'costUsd'>,
  prices: Prices | undefined,
  wallClock: () => Date,
): Cost {
  if (prices === undefined || usage === undefined || usage.estimated === true) return told
  const billed = billing ?? billingOfProvider(provider, spec.model ?? spec.id)
  if (billed === undefined) return told
  const at = wallClock()
  if (billing === undefined && told !== 'unknown' && !prices.isOwn(billed, at)) return told
  const priced = prices.cost(billed, usage, at)
  return priced === 'unknown' ? told : priced
}
