import type { ProviderResponse } from '../model/provider.ts'
import type { Usage } from '../model/usage.ts'

type Metadata = ProviderResponse['metadata']

/** Warnings of one call that are kept. */
const MOST_WARNINGS = 20

/** Milliseconds, as a provider tells them under `metadata.timing`. */
export interface TimesTold {
  readonly ttftMs?: number
  readonly latencyMs?: number
  readonly serverMs?: number
}

/** A count, a price or a time: a number that is none is taken for not told. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

export function timesTold(metadata: Metadata): TimesTold {
  const { ttftMs, latencyMs, serverMs } = mapIn(metadata, 'timing')
  return {
    ...(isAmount(ttftMs) && { ttftMs }),
    ...(isAmount(latencyMs) && latencyMs > 0 && { latencyMs }),
    ...(isAmount(serverMs) && { serverMs }),
  }
}

/**
 * Token counts in classes that add up: `metadata.usage` where it is well-formed, else promptfoo's `tokenUsage`, whose `prompt` includes
 * the tokens of the model's own prompt cache. A reply out of a local cache (`cached: true`) cost no tokens now, and has none here.
 */
export function usageTold({ metadata, tokenUsage, cached }: ProviderResponse): Usage | undefined {
  if (cached === true) return undefined
  return ownUsage(mapIn(metadata, 'usage')) ?? promptfooUsage(tokenUsage)
}

export function warningsTold(metadata: Metadata): string[] {
  const told = metadata?.['warnings']
  return Array.isArray(told) ? told.filter(isSentence).slice(0, MOST_WARNINGS) : []
}

function ownUsage(told: Readonly<Record<string, unknown>>): Usage | undefined {
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

function isSentence(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function mapIn(metadata: Metadata, key: string): Readonly<Record<string, unknown>> {
  const value = metadata?.[key]
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
