import type { InvokeModelCommandInput } from '@aws-sdk/client-bedrock-runtime'
import type { Settings } from '../config/settings.ts'
import type { Family, ModelName } from '../model/model-name.ts'
import { anthropicBody } from './anthropic.ts'
import type { Marked } from './marked.ts'
import { novaBody } from './nova.ts'

/** The request of InvokeModel, streamed or not: what Converse has in its body is in headers here. @throws Refused */
export function invokeRequest(
  name: ModelName,
  family: Family | undefined,
  marked: Marked,
  settings: Settings,
): InvokeModelCommandInput {
  const { guardrail, latency, serviceTier, requestMetadata } = settings
  const body = family === 'nova' ? novaBody(name, marked, settings) : anthropicBody(marked, settings)
  return {
    modelId: name.asked,
    contentType: 'application/json',
    accept: 'application/json',
    body: Buffer.from(JSON.stringify(body)),
    ...(guardrail && {
      guardrailIdentifier: guardrail.id,
      guardrailVersion: guardrail.version,
      ...(guardrail.trace && { trace: TRACES[guardrail.trace] }),
    }),
    ...(latency && { performanceConfigLatency: latency }),
    ...(serviceTier && { serviceTier }),
    ...(requestMetadata && { requestMetadata: JSON.stringify(requestMetadata) }),
  }
}

const TRACES = { enabled: 'ENABLED', disabled: 'DISABLED', enabled_full: 'ENABLED_FULL' } as const
