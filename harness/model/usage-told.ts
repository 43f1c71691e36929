import { isAmount } from './amount.ts'
import type { ProviderResponse } from './provider.ts'
import type { Usage } from './usage.ts'

/**
 * Token counts in classes that add up: `metadata.usage` where it is well-formed, else promptfoo's `tokenUsage`, whose `prompt` includes
 * the tokens of the model's own prompt cache. A reply out of a local cache (`cached: true`) cost no tokens now, and has none here.
 */
export function usageTold({ metadata, tokenUsage, cached }: ProviderResponse): Usage | undefined {
  if (cached === true) return undefined
  return ownUsage(metadata?.['usage']) ?? promptfooUsage(tokenUsage)
}

function ownUsage(usage: unknown): Usage | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined
  const told = usage as Readonly<Record<string, unknown>>
  const { input, output, estimated } = told
  if (!isAmount(input) || !isAmount(output)) return undefined
  const [cacheRead, cacheWrite1h] = [positive(told['cacheRead']), positive(told['cacheWrite1h'])]
  // All that was written is at least what was written for an hour.
  const cacheWrite = positive(Math.max(positive(told['cacheWrite']) ?? 0, cacheWrite1h ?? 0))
  return {
    input,
    output,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(cacheWrite1h !== undefined && { cacheWrite1h }),
    ...(estimated === true && { estimated }),
  }
}

function promptfooUsage(told: unknown): Usage | undefined {
  if (typeof told !== 'object' || told === null) return undefined
  const { prompt, completion, completionDetails } = told as NonNullable<ProviderResponse['tokenUsage']>
  if (!isAmount(prompt) && !isAmount(completion)) return undefined
  const cacheRead = positive(completionDetails?.['cacheReadInputTokens'])
  const cacheWrite = positive(completionDetails?.['cacheCreationInputTokens'])
  const all = isAmount(prompt) ? prompt : 0
  return {
    input: Math.max(0, all - (cacheRead ?? 0) - (cacheWrite ?? 0)),
    output: isAmount(completion) ? completion : 0,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  }
}

function positive(value: unknown): number | undefined {
  return isAmount(value) && value > 0 ? value : undefined
}
