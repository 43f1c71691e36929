import { z } from 'zod'
import type { Completion, Dialect, Endpoint, WireReply } from '../protocol.ts'
import { WireError } from '../protocol.ts'
import { sse, SSE_HEADERS } from '../sse.ts'
import { messageEvents, messageOf } from './messages-reply.ts'
import { checkThinking, issueText, messagesBody, readMessagesBody } from './messages-request.ts'

const body = messagesBody
  .extend({ model: z.string().min(1), stream: z.boolean().optional() })
  .superRefine(checkThinking)

const NAMES: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['invalid_request_error', 'The request is not valid.'],
  401: ['authentication_error', 'invalid x-api-key'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  404: ['not_found_error', 'The requested resource could not be found.'],
  413: ['request_too_large', 'Request exceeds the maximum allowed number of bytes.'],
  429: ['rate_limit_error', "This request would exceed your organization's rate limit."],
  500: ['api_error', 'Internal server error'],
  529: ['overloaded_error', 'Overloaded'],
}
const NO_TOKENS = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0 }

const anthropic: Dialect = {
  name: 'anthropic',
  authorize(headers) {
    if (headers['x-api-key'] === undefined && headers.authorization === undefined)
      throw new WireError(401, 'authentication_error', 'x-api-key header is required')
    if (headers['anthropic-version'] === undefined)
      throw new WireError(400, 'invalid_request_error', 'anthropic-version: header is required')
  },
  nameStatus(status) {
    const [type, message] = NAMES[status] ?? ['api_error', `HTTP ${status}`]
    return { type, message }
  },
  refuseModel: (model) => new WireError(404, 'not_found_error', `model: ${model}`),
  tooLong: (tokens, window) =>
    new WireError(400, 'invalid_request_error', `prompt is too long: ${tokens} tokens > ${window} maximum`),
  malformed: (message) => new WireError(400, 'invalid_request_error', message),
  error({ type, message }, id): WireReply {
    return {
      headers: { 'content-type': 'application/json', 'request-id': requestId(id) },
      body: JSON.stringify({ type: 'error', error: { type, message }, request_id: requestId(id) }),
    }
  },
}

export const messages: Endpoint = {
  dialect: anthropic,
  name: 'messages',
  read(given) {
    const parsed = body.safeParse(given)
    if (!parsed.success) throw new WireError(400, 'invalid_request_error', issueText(parsed.error))
    return readMessagesBody(parsed.data, parsed.data.model, parsed.data.stream === true)
  },
  reply: (completion) => ({
    headers: { 'content-type': 'application/json', 'request-id': requestId(completion.id) },
    body: JSON.stringify(messageOf(withUsage(completion), 'msg_01')),
  }),
  stream: (completion) => ({
    headers: { ...SSE_HEADERS, 'request-id': requestId(completion.id) },
    encode: (event) =>
      messageEvents(event, withUsage(completion), 'msg_01')
        .map((each) => sse(each, each.type))
        .join(''),
    fail: (type, message) => sse({ type: 'error', error: { type, message } }, 'error'),
  }),
}

/** This API has no reply without a usage. */
function withUsage(completion: Completion): Completion {
  return { ...completion, usage: completion.usage ?? NO_TOKENS }
}

function requestId(id: string): string {
  return `req_01${id.replaceAll('-', '').slice(0, 22)}`
}
