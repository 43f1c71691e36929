import type { Failure } from '../model/failure.ts'
import type { ProviderResponse } from '../model/provider.ts'
import type { Attempt, Reply } from '../model/trial.ts'
import type { Cost, Usage } from '../model/usage.ts'
import { failureOfResponse, tellsFailure } from './failure.ts'
import { recordable, recordableMap } from './recordable.ts'

/** What a provider's answer comes to: a reply or a failure, and what it says it took (milliseconds). */
export interface Normalised {
  readonly reply?: Reply
  readonly failure?: Failure
  readonly usage?: Usage | undefined
  readonly costUsd: Cost
  readonly ttftMs?: number | undefined
  readonly serverMs?: number | undefined
  /** The latency the provider itself gives, as it does for a reply out of its cache. */
  readonly givenLatencyMs?: number | undefined
}

const AS_GIVEN = ['finishReason', 'isRefusal', 'cached', 'logProbs'] as const

/** Fields of a response that have a place of their own in the record; the others are kept under `extra`. */
const PLACED: ReadonlySet<string> = new Set(['output', 'error', 'cost', 'metadata', ...AS_GIVEN])

/**
 * Reads whatever a provider returned. Never throws: nothing, a number or an object without output are failures too.
 * @param wallClock what a date in `Retry-After` counts from where the response has no date of its own.
 */
export function normalise(returned: unknown, wallClock?: () => Date): Normalised {
  if (typeof returned !== 'object' || returned === null) {
    const message = `the provider returned ${describe(returned)}; expected an object like {output: "…"}`
    return { failure: { kind: 'invalid', message }, costUsd: 'unknown' }
  }
  const response = returned as ProviderResponse
  const { output, error, metadata } = response
  const took = {
    usage: usageOf(response),
    costUsd: isAmount(response.cost) ? response.cost : ('unknown' as const),
    ...timesOf(metadata),
    givenLatencyMs: isAmount(response.latencyMs) ? response.latencyMs : undefined,
  }
  if (error || tellsFailure(metadata)) return { failure: failureOfResponse(response, wallClock), ...took }
  if (output === null || output === undefined) {
    const failure: Failure = {
      kind: 'no_output',
      message: 'No output',
      metadata: recordableMap(metadata ?? {}),
    }
    return { failure, ...took }
  }
  return { reply: replyOf(response), ...took }
}

function replyOf(response: ProviderResponse): Reply {
  const { output, metadata } = response
  const placed: Record<string, unknown> = { output: recordable(output) }
  for (const key of AS_GIVEN) if (response[key] !== undefined) placed[key] = recordable(response[key])
  let extra: Record<string, unknown> | undefined
  for (const key in response) {
    if (!PLACED.has(key) && response[key] !== undefined) (extra ??= {})[key] = recordable(response[key])
  }
  return {
    ...(placed as unknown as Reply),
    ...(metadata && { metadata: recordableMap(metadata) }),
    ...(extra && { extra }),
  }
}

/** promptfoo's response as checks expect it, put together again from what is on record. */
export function responseOf({ reply, costUsd }: Pick<Attempt, 'reply' | 'costUsd'>): ProviderResponse {
  if (reply === undefined) return {}
  const { extra, ...placed } = reply
  return { ...extra, ...(placed as ProviderResponse), ...(costUsd !== 'unknown' && { cost: costUsd }) }
}

/**
 * Token counts in classes that add up. promptfoo's `prompt` includes the tokens read from the model's own prompt
 * cache; a reply out of a local cache (`cached: true`) cost no tokens now, and has none here.
 */
function usageOf({ tokenUsage, cached }: ProviderResponse): Usage | undefined {
  if (cached === true || typeof tokenUsage !== 'object' || tokenUsage === null) return undefined
  const { prompt, completion, completionDetails } = tokenUsage
  if (!isAmount(prompt) && !isAmount(completion)) return undefined
  const read = completionDetails?.['cacheReadInputTokens']
  const write = completionDetails?.['cacheCreationInputTokens']
  const cacheRead = isAmount(read) && read > 0 ? read : undefined
  const cacheWrite = isAmount(write) && write > 0 ? write : undefined
  const told = isAmount(prompt) ? prompt : 0
  return {
    input: Math.max(0, told - (cacheRead ?? 0) - (cacheWrite ?? 0)),
    output: isAmount(completion) ? completion : 0,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  }
}

function timesOf(metadata: Record<string, unknown> | undefined): Pick<Normalised, 'ttftMs' | 'serverMs'> {
  const timing = metadata?.['timing'] as { ttftMs?: unknown; serverMs?: unknown } | undefined
  if (typeof timing !== 'object' || timing === null) return {}
  const { ttftMs, serverMs } = timing
  return { ...(isAmount(ttftMs) && { ttftMs }), ...(isAmount(serverMs) && { serverMs }) }
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  return typeof value === 'string' ? 'a string' : `a ${typeof value}`
}
