import { z } from 'zod'
import type { Billing } from '../harness/model/billing.ts'
import { billingTold } from '../harness/model/billing.ts'
import type { CheckContext, CheckSetup, CheckVerdict } from '../harness/model/custom-check.ts'
import type { Provider, ProviderResponse } from '../harness/model/provider.ts'
import { readStrictly } from '../harness/model/strict-config.ts'
import type { Cost, Usage } from '../harness/model/usage.ts'
import { inputTokens } from '../harness/model/usage.ts'
import { usageTold } from '../harness/model/usage-told.ts'
import { billingOfProvider } from '../harness/pricing/billing-of-provider.ts'
import { breakEven } from '../harness/pricing/break-even.ts'
import { openPrices } from '../harness/pricing/open-prices.ts'
import { passed } from './shared/verdict.ts'

/**
 * Measures what the model's own prompt cache did: for the run the share of the prompts' tokens that was read from it (0 to 1), what that saved
 * against the same tokens uncached (USD), and from which request on it pays. It always passes, with score 1, since which of the calls wrote
 * the cache is an accident of their order: a gate names the figures of the run.
 *
 * How it can be wrong: prices are the price table's of the day it runs, without a suite's own; the provider's counts are believed; what is
 * in the cache depends on the calls before, those of other runs among them.
 *
 * @throws where the provider tells no token counts
 */
export default async function caching(_output: unknown, context: CheckContext): Promise<CheckVerdict> {
  const { providerResponse = {}, provider } = context
  if (providerResponse.cached === true) return passed('no model was asked: the reply is a stored one')
  const usage = usageTold(providerResponse)
  if (usage === undefined)
    throw new Error('the provider tells no token counts, so nothing is known of its cache')
  const { cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0, input, output } = usage
  const promptTokens = inputTokens(usage)
  const price = await priceOf(billingOf(providerResponse, provider))
  const [cost, uncached] = [price(usage), price({ input: promptTokens, output })]
  const isPriced = cost !== 'unknown' && uncached !== 'unknown'
  const isTold = tellsOfCache(providerResponse)
  const evidence = {
    kind: 'caching',
    promptTokens,
    cacheRead: isTold ? cacheRead : null,
    cacheWrite,
    savedUsd: isPriced ? uncached - cost : null,
    breakEven: breakEven(price, {
      prefix: cacheRead + cacheWrite,
      rest: input,
      output,
      forAnHour: cacheWrite1h > 0,
      isWritten: cacheWrite > 0,
    }),
  } as const
  const reason = isTold
    ? `${cacheRead} of ${promptTokens} tokens of the prompt came from the cache`
    : 'the provider tells nothing of a cache'
  return passed(reason, 1, { metadata: { evidence } })
}

/** @throws ConfigError for whatever is given: there is nothing to choose */
export function configure(config: Readonly<Record<string, unknown>>): CheckSetup {
  readStrictly(z.strictObject({}), config, 'caching')
  return {}
}

/** Providers that count in assay's classes do; promptfoo's counts have a place for it, which many leave out. */
function tellsOfCache({ metadata, tokenUsage }: ProviderResponse): boolean {
  const { cacheReadInputTokens, cacheCreationInputTokens } = tokenUsage?.completionDetails ?? {}
  return [metadata?.['usage'], cacheReadInputTokens, cacheCreationInputTokens].some(
    (told) => told !== undefined,
  )
}

function billingOf({ metadata }: ProviderResponse, provider: Partial<Provider> = {}): Billing | undefined {
  const told = billingTold(metadata?.['billing'])
  const { id, config, billing } = provider
  if (told !== undefined || id === undefined) return told
  const known = { id: () => id.call(provider), config, ...(billing !== undefined && { billing }) }
  return billingOfProvider(known, '')
}

async function priceOf(billing: Billing | undefined): Promise<(usage: Usage) => Cost> {
  if (billing === undefined) return () => 'unknown'
  const [prices, at] = [await openPrices(), new Date()]
  return (usage) => prices.cost(billing, usage, at)
}
