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
import { readGenerate } from './generate-request.ts'

const NAMES: Readonly<Record<number, readonly [status: string, message: string]>> = {
  400: ['INVALID_ARGUMENT', 'Request contains an invalid argument.'],
  401: ['UNAUTHENTICATED', 'Request had invalid authentication credentials.'],
  403: ['PERMISSION_DENIED', 'The caller does not have permission'],
  404: ['NOT_FOUND', 'Requested entity was not found.'],
  429: ['RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'],
  500: [
    'INTERNAL',
    'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
  ],
  503: ['UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  504: ['DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'],
}
const CODES = new Map(Object.entries(NAMES).map(([code, [status]]) => [status, Number(code)]))

const FINISH_REASONS: Readonly<Record<Completion['stop'], string>> = {
  end: 'STOP',
  'max-tokens': 'MAX_TOKENS',
  'stop-sequence': 'STOP',
  'tool-use': 'STOP',
  refusal: 'SAFETY',
  guardrail: 'PROHIBITED_CONTENT',
}

const gemini: Dialect = {
  name: 'gemini',
  authorize(headers, query) {
    if (headers['x-goog-api-key'] !== undefined || headers.authorization !== undefined || query.has('key'))
      return
    throw new WireError(
      403,
      'PERMISSION_DENIED',
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
    )
  },
  nameStatus(status) {
    const [type, message] = NAMES[status] ?? ['UNKNOWN', `HTTP ${status}`]
    return { type, message }
  },
  refuseModel: (model) =>
    new WireError(
      404,
      'NOT_FOUND',
      `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`,
    ),
  tooLong: (tokens, window) =>
    new WireError(
      400,
      'INVALID_ARGUMENT',
      `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${window}).`,
    ),
  malformed: (message) => new WireError(400, 'INVALID_ARGUMENT', `Invalid JSON payload received. ${message}`),
  error({ status, type, message, details: { retryAfter } }): WireReply {
    const retryInfo = {
      '@type': 'type.googleapis.com/google.rpc.RetryInfo',
      retryDelay: `${String(retryAfter)}s`,
    }
    const details = retryAfter === undefined ? {} : { details: [retryInfo] }
    return {
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: JSON.stringify({ error: { code: status, message, status: type, ...details } }, null, 2),
    }
  },
}

export const generate: Endpoint = {
  dialect: gemini,
  name: 'generateContent',
  read: (body, model = '') => readGenerate(body, model, false),
  reply: (completion) => ({
    headers: { 'content-type': 'application/json; charset=UTF-8', ...serverTiming(completion) },
    body: JSON.stringify(responseOf(completion, completion.parts.flatMap(partOf), finishOf(completion))),
  }),
  stream: (completion) => ({
    headers: { ...SSE_HEADERS, 'content-type': 'text/event-stream', ...serverTiming(completion) },
    encode: (event) =>
      chunksOf(event, completion)
        .map((chunk) => sse(chunk))
        .join(''),
    fail: (status, message) => sse({ error: { code: CODES.get(status) ?? 500, message, status } }),
  }),
}

export const streamGenerate: Endpoint = {
  ...generate,
  name: 'streamGenerateContent',
  read: (body, model = '') => readGenerate(body, model, true),
}

/** Calls come whole; the end has a chunk of its own. */
function chunksOf(event: StreamEvent, completion: Completion): object[] {
  if (event.is === 'end') {
    const last = completion.parts.length > 0 ? [{ text: '' }] : []
    return [responseOf(completion, last, finishOf(completion))]
  }
  if (event.is === 'delta' && event.part.is === 'text')
    return [responseOf(completion, [{ text: event.text }])]
  const parts = event.is === 'part' && event.part.is === 'tool' ? partOf(event.part) : []
  return parts.length === 0 ? [] : [responseOf(completion, parts)]
}

function responseOf(completion: Completion, parts: readonly object[], finishReason?: string): object {
  const { id, model, usage } = completion
  const candidate = {
    content: { ...(parts.length > 0 && { parts }), role: 'model' },
    ...(finishReason !== undefined && { finishReason }),
    index: 0,
  }
  return {
    candidates: [candidate],
    ...(usage !== undefined && { usageMetadata: usageOf(usage) }),
    modelVersion: model,
    responseId: id.replaceAll('-', '').slice(0, 22),
  }
}

/** What a filter stopped has no text; a call whose arguments are no JSON is not handed over. */
function partOf(part: ReplyPart): object[] {
  if (part.is === 'text') return [{ text: part.text }]
  const args = parseArguments(part.json)
  return args === undefined ? [] : [{ functionCall: { name: part.name, args } }]
}

function finishOf({ stop, parts }: Completion): string {
  const isMalformed = parts.some((part) => part.is === 'tool' && parseArguments(part.json) === undefined)
  return isMalformed && stop === 'tool-use' ? 'MALFORMED_FUNCTION_CALL' : FINISH_REASONS[stop]
}

function parseArguments(json: string): object | undefined {
  try {
    return JSON.parse(json) as object
  } catch {
    return undefined
  }
}

function usageOf({ input, output }: TokenCounts): object {
  return {
    promptTokenCount: input,
    candidatesTokenCount: output,
    totalTokenCount: input + output,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: input }],
  }
}

function serverTiming({ tookMs }: Completion): Record<string, string> {
  return { 'server-timing': `gfet4t7; dur=${Math.round(tookMs())}` }
}
