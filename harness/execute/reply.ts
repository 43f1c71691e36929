import { isAmount } from '../model/amount.ts'
import type { Failure } from '../model/failure.ts'
import { failureOfResponse, tellsFailure } from '../model/failures/failure-of.ts'
import { recordable, recordableMap } from '../model/failures/recordable.ts'
import type { Billing } from '../model/billing.ts'
import { billingTold } from '../model/billing.ts'
import type { ProviderResponse } from '../model/provider.ts'
import type { Attempt, Reply } from '../model/trial.ts'
import type { Cost, Usage } from '../model/usage.ts'
import { usageTold } from '../model/usage-told.ts'
import { timesTold, warningsTold } from './told.ts'

/** What a provider's answer comes to: a reply or a failure, and what it says it took (milliseconds). */
export interface Normalised {
  readonly reply?: Reply
  readonly failure?: Failure
  readonly usage?: Usage | undefined
  /** As what this call is billed, where the provider tells. */
  readonly billing?: Billing | undefined
  /** As the provider itself tells it. */
  readonly costUsd: Cost
  readonly ttftMs?: number | undefined
  /** From the request leaving to the last byte. */
  readonly latencyMs?: number | undefined
  readonly serverMs?: number | undefined
  /** promptfoo's latency: of a reply out of a provider's cache, what it once took. */
  readonly givenLatencyMs?: number | undefined
  readonly warnings: readonly string[]
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
    return { failure: { kind: 'invalid', message }, costUsd: 'unknown', warnings: [] }
  }
  const response = returned as ProviderResponse
  const { output, error, metadata } = response
  const took = {
    usage: usageTold(response),
    billing: billingTold(metadata?.['billing']),
    costUsd: isAmount(response.cost) ? response.cost : ('unknown' as const),
    ...timesTold(metadata),
    givenLatencyMs: isAmount(response.latencyMs) ? response.latencyMs : undefined,
    warnings: warningsTold(metadata),
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

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  return typeof value === 'string' ? 'a string' : `a ${typeof value}`
}
