import type { Completion, Endpoint, ReplyPart, StreamEvent, TokenCounts, WireStream } from '../protocol.ts'
import { readConverse } from './converse-request.ts'
import { bedrock, invalid } from './dialect.ts'
import { eventFrame, exceptionFrame } from './frames.ts'

const STOP_REASONS: Readonly<Record<Completion['stop'], string>> = {
  end: 'end_turn',
  'max-tokens': 'max_tokens',
  'stop-sequence': 'stop_sequence',
  'tool-use': 'tool_use',
  refusal: 'content_filtered',
  guardrail: 'guardrail_intervened',
}

/** Headers of every reply of Bedrock that is an event stream. */
export function streamHeaders(id: string): Record<string, string> {
  return { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': id }
}

/** What is said where the path names no model. */
export function modelIn(model: string | undefined): string {
  if (model === undefined) throw invalid('The provided model identifier is invalid.')
  return model
}

export const converse: Endpoint = {
  dialect: bedrock,
  name: 'converse',
  read: (body, model) => readConverse(body, modelIn(model), false),
  reply: (completion) => ({
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': completion.id },
    body: JSON.stringify({ ...outputOf(completion), ...metadataOf(completion) }),
  }),
  stream: streamOf,
}

export const converseStream: Endpoint = {
  ...converse,
  name: 'converse-stream',
  read: (body, model) => readConverse(body, modelIn(model), true),
}

function streamOf(completion: Completion): WireStream {
  return {
    headers: streamHeaders(completion.id),
    encode: (event) => {
      const frames = converseEvents(event, completion).map(([type, payload]) => eventFrame(type, payload))
      return frames.length === 0 ? undefined : Buffer.concat(frames)
    },
    fail: exceptionFrame,
  }
}

/** A moment of the reply as ConverseStream tells it. */
export function converseEvents(
  event: StreamEvent,
  completion: Completion,
): readonly (readonly [type: string, payload: object])[] {
  switch (event.is) {
    case 'start':
      return [['messageStart', { role: 'assistant' }]]
    case 'part': {
      // Text has no start of its own.
      if (event.part.is === 'text') return []
      const { id, name } = event.part
      return [
        [
          'contentBlockStart',
          { contentBlockIndex: event.index, start: { toolUse: { toolUseId: toolId(id), name } } },
        ],
      ]
    }
    case 'delta': {
      const { index, part, text } = event
      const delta = part.is === 'text' ? { text } : { toolUse: { input: text } }
      return [['contentBlockDelta', { contentBlockIndex: index, delta }]]
    }
    case 'part-end':
      return [['contentBlockStop', { contentBlockIndex: event.index }]]
    case 'end':
      return [
        ['messageStop', { stopReason: STOP_REASONS[completion.stop] }],
        ['metadata', metadataOf(completion)],
      ]
    default:
      return []
  }
}

/** The whole reply, and why it ended. */
export function outputOf({ parts, stop }: Completion): object {
  return {
    output: { message: { role: 'assistant', content: parts.map(blockOf) } },
    stopReason: STOP_REASONS[stop],
  }
}

/** `inputTokens` is without the cached ones. */
function usageOf({ input, output, cacheRead, cacheWrite, cacheWrite1h }: TokenCounts): object {
  const details = [
    { ttl: '5m', inputTokens: cacheWrite - cacheWrite1h },
    { ttl: '1h', inputTokens: cacheWrite1h },
  ].filter(({ inputTokens }) => inputTokens > 0)
  return {
    inputTokens: input,
    outputTokens: output,
    totalTokens: input + cacheRead + cacheWrite + output,
    cacheReadInputTokens: cacheRead,
    cacheWriteInputTokens: cacheWrite,
    ...(details.length > 0 && { cacheDetails: details }),
  }
}

function metadataOf({ usage, echoed, stop, tookMs }: Completion): object {
  const { performanceConfig, serviceTier, guardrailConfig } = echoed
  const guardrail = guardrailConfig as { guardrailIdentifier: string; trace?: string } | undefined
  const isTraced = guardrail?.trace !== undefined && guardrail.trace !== 'disabled'
  return {
    ...(usage !== undefined && { usage: usageOf(usage) }),
    metrics: { latencyMs: Math.round(tookMs()) },
    ...(isTraced && { trace: { guardrail: traceOf(guardrail.guardrailIdentifier, stop === 'guardrail') } }),
    ...(performanceConfig !== undefined && { performanceConfig }),
    ...(serviceTier !== undefined && { serviceTier }),
  }
}

function traceOf(id: string, isBlocked: boolean): object {
  if (!isBlocked) return { inputAssessment: { [id]: {} } }
  const topic = { name: 'Scripted', type: 'DENY', action: 'BLOCKED', detected: true }
  return {
    actionReason: 'Guardrail blocked.',
    inputAssessment: { [id]: { topicPolicy: { topics: [topic] } } },
  }
}

function blockOf(part: ReplyPart): object {
  if (part.is === 'text') return { text: part.text }
  return { toolUse: { toolUseId: toolId(part.id), name: part.name, input: documentOf(part.json) } }
}

function toolId(id: string): string {
  return id.replace(/^call_/, 'tooluse_')
}

/** Arguments that are no JSON are handed over as the text they are. */
function documentOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
