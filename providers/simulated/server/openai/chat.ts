import type {
  Completion,
  Dialect,
  Endpoint,
  ReplyPart,
  StreamEvent,
  TokenCounts,
  WireReply,
} from '../protocol.ts'
import { WireError } from '../protocol.ts'
import { sse, SSE_HEADERS } from '../sse.ts'
import { readChat } from './chat-request.ts'

const NAMES: Readonly<Record<number, readonly [type: string, message: string, code?: string]>> = {
  400: ['invalid_request_error', 'The request is not valid.'],
  401: ['invalid_request_error', 'Incorrect API key provided.', 'invalid_api_key'],
  403: ['invalid_request_error', 'You are not allowed to use this model.', 'model_not_found'],
  404: ['invalid_request_error', 'The requested resource does not exist.'],
  429: ['requests', 'Rate limit reached for requests.', 'rate_limit_exceeded'],
}
const SERVER_ERROR = ['server_error', 'The server had an error while processing your request.'] as const

const FINISH_REASONS: Readonly<Record<Completion['stop'], string>> = {
  end: 'stop',
  'max-tokens': 'length',
  'stop-sequence': 'stop',
  'tool-use': 'tool_calls',
  refusal: 'stop',
  guardrail: 'content_filter',
}

/** OpenAI, and every server that speaks as it does: those want no key. */
const openai: Dialect = {
  name: 'openai',
  authorize() {},
  nameStatus(status) {
    const [type, message] = NAMES[status] ?? SERVER_ERROR
    return { type, message }
  },
  refuseModel: (model) =>
    new WireError(
      404,
      'invalid_request_error',
      `The model \`${model}\` does not exist or you do not have access to it.`,
      {
        code: 'model_not_found',
      },
    ),
  tooLong: (tokens, window) =>
    new WireError(
      400,
      'invalid_request_error',
      `This model's maximum context length is ${window} tokens. However, your messages resulted in ${tokens} tokens. Please reduce the length of the messages.`,
      { param: 'messages', code: 'context_length_exceeded' },
    ),
  malformed: (message) => new WireError(400, 'invalid_request_error', message),
  error({ status, type, message, details }, id): WireReply {
    const { param = null, code = NAMES[status]?.[2] ?? null } = details
    return {
      headers: { 'content-type': 'application/json', 'x-request-id': requestId(id) },
      body: JSON.stringify({ error: { message, type, param, code } }),
    }
  },
}

export const chat: Endpoint = {
  dialect: openai,
  name: 'chat',
  read: readChat,
  reply: (completion) => ({
    headers: headersOf(completion, 'application/json'),
    body: JSON.stringify({
      ...headOf(completion, 'chat.completion'),
      choices: [
        {
          index: 0,
          message: messageOf(completion),
          logprobs: null,
          finish_reason: FINISH_REASONS[completion.stop],
        },
      ],
      ...(completion.usage !== undefined && { usage: usageOf(completion.usage) }),
      ...tailOf(completion),
    }),
  }),
  stream: (completion) => ({
    headers: { ...SSE_HEADERS, ...headersOf(completion, SSE_HEADERS['content-type']) },
    encode: (event) =>
      chunksOf(event, completion)
        .map((chunk) => sse(chunk))
        .join(''),
    fail: (type, message) => sse({ error: { message, type, param: null, code: null } }),
  }),
}

/** The pieces of one moment, and in the end what marks it. */
function chunksOf(event: StreamEvent, completion: Completion): (object | string)[] {
  const isRefusal = completion.stop === 'refusal'
  const chunk = (delta: object, finishReason: string | null = null): object => ({
    ...headOf(completion, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    ...(completion.echoed['includeUsage'] === true && { usage: null }),
    ...tailOf(completion),
  })
  switch (event.is) {
    case 'start':
      return [chunk({ role: 'assistant', content: isRefusal ? null : '', refusal: isRefusal ? '' : null })]
    case 'part': {
      const { index, part } = event
      return part.is === 'text' ? [] : [chunk({ tool_calls: [{ index, ...callOf({ ...part, json: '' }) }] })]
    }
    case 'delta': {
      const { index, part, text } = event
      if (part.is === 'tool') return [chunk({ tool_calls: [{ index, function: { arguments: text } }] })]
      return [chunk(isRefusal ? { refusal: text } : { content: text })]
    }
    case 'part-end':
      return []
    case 'end':
      return [chunk({}, FINISH_REASONS[completion.stop]), ...usageChunk(completion), '[DONE]']
    default:
      return []
  }
}

/** A chunk of its own, where it was asked for. */
function usageChunk(completion: Completion): object[] {
  const { usage, echoed } = completion
  if (usage === undefined || echoed['includeUsage'] !== true) return []
  const head = headOf(completion, 'chat.completion.chunk')
  return [{ ...head, choices: [], usage: usageOf(usage), ...tailOf(completion) }]
}

function headersOf({ id, tookMs }: Completion, type: string): Record<string, string> {
  return {
    'content-type': type,
    'x-request-id': requestId(id),
    'openai-version': '2020-10-01',
    'openai-processing-ms': String(Math.round(tookMs())),
  }
}

function headOf({ id, model, createdAt }: Completion, object: string): object {
  return { id: `chatcmpl-${id.replaceAll('-', '').slice(0, 29)}`, object, created: createdAt, model }
}

function tailOf({ echoed }: Completion): object {
  return { service_tier: echoed['serviceTier'], system_fingerprint: 'fp_simulated' }
}

function messageOf({ parts, stop }: Completion): object {
  const text = parts.flatMap((part) => (part.is === 'text' ? [part.text] : [])).join('')
  const calls = parts.filter((part) => part.is === 'tool')
  const isSilent = stop === 'refusal' || calls.length > 0
  return {
    role: 'assistant',
    content: isSilent ? null : text,
    refusal: stop === 'refusal' ? text : null,
    annotations: [],
    ...(calls.length > 0 && { tool_calls: calls.map(callOf) }),
  }
}

function callOf({ id, name, json }: ReplyPart & { is: 'tool' }): object {
  return { id, type: 'function', function: { name, arguments: json } }
}

function usageOf({ input, output }: TokenCounts): object {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

function requestId(id: string): string {
  return `req_${id.replaceAll('-', '')}`
}
