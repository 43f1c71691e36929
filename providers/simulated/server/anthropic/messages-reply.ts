import type { Completion, ReplyPart, StreamEvent, TokenCounts } from '../protocol.ts'

const STOP_REASONS: Readonly<Record<Completion['stop'], string>> = {
  end: 'end_turn',
  'max-tokens': 'max_tokens',
  'stop-sequence': 'stop_sequence',
  'tool-use': 'tool_use',
  refusal: 'refusal',
  guardrail: 'refusal',
}

/** A message as the Messages API, and InvokeModel, hand it over. */
export function messageOf(completion: Completion, idPrefix: string): object {
  const { usage } = completion
  return {
    ...headOf(completion, idPrefix),
    content: completion.parts.map(blockOf),
    ...stopOf(completion),
    ...(usage !== undefined && { usage: usageOf(usage) }),
  }
}

interface MessageEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/** A moment of the reply as a stream of the Messages API tells it. */
export function messageEvents(event: StreamEvent, completion: Completion, idPrefix: string): MessageEvent[] {
  const { usage } = completion
  switch (event.is) {
    case 'start': {
      const message = {
        ...headOf(completion, idPrefix),
        content: [],
        stop_reason: null,
        stop_sequence: null,
        ...(usage !== undefined && { usage: { ...usageOf(usage), output_tokens: 1 } }),
      }
      return [{ type: 'message_start', message }, { type: 'ping' }]
    }
    case 'part':
      return [{ type: 'content_block_start', index: event.index, content_block: emptyBlock(event.part) }]
    case 'delta': {
      const { index, part, text } = event
      const delta =
        part.is === 'text' ? { type: 'text_delta', text } : { type: 'input_json_delta', partial_json: text }
      return [{ type: 'content_block_delta', index, delta }]
    }
    case 'part-end':
      return [{ type: 'content_block_stop', index: event.index }]
    case 'end': {
      const told = usage === undefined ? {} : { usage: usageOf(usage) }
      return [{ type: 'message_delta', delta: stopOf(completion), ...told }, { type: 'message_stop' }]
    }
    default:
      return []
  }
}

function headOf({ id, model }: Completion, idPrefix: string): object {
  return {
    id: `${idPrefix}${id.replaceAll('-', '').slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    model,
  }
}

function stopOf({ stop, stopSequence }: Completion): object {
  return { stop_reason: STOP_REASONS[stop], stop_sequence: stopSequence ?? null }
}

/** `input_tokens` is without the cached ones. */
function usageOf({ input, output, cacheRead, cacheWrite, cacheWrite1h }: TokenCounts): object {
  return {
    input_tokens: input,
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: cacheWrite - cacheWrite1h,
      ephemeral_1h_input_tokens: cacheWrite1h,
    },
    output_tokens: output,
    service_tier: 'standard',
  }
}

function blockOf(part: ReplyPart): object {
  if (part.is === 'text') return { type: 'text', text: part.text }
  return { type: 'tool_use', id: toolId(part.id), name: part.name, input: inputOf(part.json) }
}

function emptyBlock(part: ReplyPart): object {
  if (part.is === 'text') return { type: 'text', text: '' }
  return { type: 'tool_use', id: toolId(part.id), name: part.name, input: {} }
}

function toolId(id: string): string {
  return id.replace(/^call_/, 'toolu_')
}

/** Arguments that are no JSON are handed over under this key. */
function inputOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return { INVALID_JSON: json }
  }
}
