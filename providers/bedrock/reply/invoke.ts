import type { InvokeModelResponse } from '@aws-sdk/client-bedrock-runtime'
import type { Fields } from '../../shared/fields.ts'
import { isFields } from '../../shared/fields.ts'
import type { Family } from '../model/model-name.ts'
import { readMessage, readMessageEvent } from './anthropic.ts'
import { readConverse, readConverseEvent } from './converse.ts'
import type { Gathering } from './gathered.ts'
import { headerUsage, metricsUsage } from './usage.ts'

/** Reads the reply of InvokeModel. What its body does not count, its headers do, which the SDK has no outputs for. */
export function readInvoked(
  response: Pick<InvokeModelResponse, 'body' | 'performanceConfigLatency' | 'serviceTier'>,
  headers: Readonly<Record<string, string>>,
  family: Family | undefined,
  gathering: Gathering,
): void {
  const body = parsed(response.body)
  if (family === 'nova') readConverse(body, gathering)
  else readMessage(body, gathering)
  gathering.latency = response.performanceConfigLatency
  gathering.serviceTier = response.serviceTier
  gathering.usage ??= headerUsage(headers)
  const took = headers['x-amzn-bedrock-invocation-latency']
  if (took !== undefined) gathering.serverMs = Number(took)
  readGuardrail(body, gathering)
}

/** Reads one chunk of InvokeModelWithResponseStream; the last has the counts. */
export function readInvokedChunk(bytes: Uint8Array, family: Family | undefined, gathering: Gathering): void {
  const event = parsed(bytes)
  if (family === 'nova') readConverseEvent(event, gathering)
  else readMessageEvent(event, gathering)
  const metrics = event['amazon-bedrock-invocationMetrics']
  if (isFields(metrics)) {
    gathering.usage ??= metricsUsage(metrics)
    const { invocationLatency } = metrics
    if (typeof invocationLatency === 'number') gathering.serverMs = invocationLatency
  }
  readGuardrail(event, gathering)
}

function readGuardrail(event: Fields, gathering: Gathering): void {
  const action = event['amazon-bedrock-guardrailAction']
  if (action !== undefined) gathering.isGuarded = action === 'INTERVENED'
  // A prompt that is blocked never reaches the model, which alone would say why it stopped.
  if (gathering.isGuarded === true) gathering.stopReason ??= 'guardrail_intervened'
  gathering.trace ??= event['amazon-bedrock-trace']
}

/** @throws SyntaxError */
function parsed(bytes: Uint8Array | undefined): Fields {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return isFields(value) ? value : {}
}
