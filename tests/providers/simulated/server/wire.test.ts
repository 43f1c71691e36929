import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { PROMPT } from './clients.ts'

let server: SimulatedServer
beforeAll(async () => {
  server = await startSimulatedServer({ script: () => ({ do: 'text', text: 'ok' }) })
})
afterAll(() => server.close())

const CONVERSE = '/model/amazon.nova-lite-v1%3A0/converse'
const SIGNED =
  'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=' +
  'a'.repeat(64)
const SIGNATURE = { authorization: SIGNED, 'x-amz-date': '20260101T000000Z' }
const BEARER = { authorization: 'Bearer token' }
const ANTHROPIC = { 'x-api-key': 'none', 'anthropic-version': '2023-06-01' }
const GOOGLE = { 'x-goog-api-key': 'none' }

const asked = { messages: [{ role: 'user', content: [{ text: PROMPT }] }] }
const chat = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: PROMPT }] }
const message = { model: 'claude-haiku-4-5', max_tokens: 9, messages: [{ role: 'user', content: PROMPT }] }
const thinking = { ...message, max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 } }
const generate = { contents: [{ role: 'user', parts: [{ text: PROMPT }] }] }

function post(path: string, headers: Record<string, string>, body: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

describe('credentials', () => {
  it.each([
    ['a signature', SIGNATURE],
    ['a bearer token', BEARER],
  ])('Bedrock takes %s', async (_what, headers) => {
    expect((await post(CONVERSE, headers, asked)).status).toBe(200)
  })

  it.each([
    ['none', {}, 'MissingAuthenticationTokenException'],
    ['half a signature', { authorization: 'AWS4-HMAC-SHA256 Credential=x' }, 'IncompleteSignatureException'],
    ['a signature without a date', { authorization: SIGNED }, 'IncompleteSignatureException'],
    [
      'a signature for another service',
      { ...SIGNATURE, authorization: SIGNED.replace('/bedrock/', '/s3/') },
      'IncompleteSignatureException',
    ],
    ['a password', { authorization: 'Basic eDp5' }, 'IncompleteSignatureException'],
  ])('Bedrock refuses %s with 403', async (_what, headers, type) => {
    const response = await post(CONVERSE, headers, asked)
    expect(response.status).toBe(403)
    expect(response.headers.get('x-amzn-errortype')).toMatch(new RegExp(`^${type}:`))
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/)
    expect(await response.json()).toEqual({ message: expect.any(String) as string })
  })

  it('Anthropic wants a key and a version, Google a key in a header or the query, OpenAI-compatible servers none', async () => {
    expect((await post('/v1/messages', {}, message)).status).toBe(401)
    expect((await post('/v1/messages', { 'x-api-key': 'none' }, message)).status).toBe(400)
    expect((await post('/v1/messages', ANTHROPIC, message)).status).toBe(200)
    const path = '/v1beta/models/gemini-2.5-flash:generateContent'
    expect((await post(path, {}, generate)).status).toBe(403)
    expect((await post(path, GOOGLE, generate)).status).toBe(200)
    expect((await post(`${path}?key=none`, {}, generate)).status).toBe(200)
    expect((await post('/v1/chat/completions', {}, chat)).status).toBe(200)
  })
})

describe('errors', () => {
  it.each([
    [CONVERSE, BEARER, { message: expect.any(String) as string }],
    [
      '/v1/chat/completions',
      {},
      {
        error: {
          message: expect.any(String) as string,
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      },
    ],
    [
      '/v1/messages',
      ANTHROPIC,
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: expect.any(String) as string },
        request_id: expect.stringMatching(/^req_/) as string,
      },
    ],
    [
      '/v1beta/models/gemini-2.5-flash:generateContent',
      GOOGLE,
      { error: { code: 400, message: expect.any(String) as string, status: 'INVALID_ARGUMENT' } },
    ],
  ])('%s: a body that is no JSON is a 400 in its own words', async (path, headers, body) => {
    const response = await post(path, headers, '{"messages": [')
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual(body)
  })

  it.each([
    ['/v1/chat/completions', {}, { ...chat, messages: [] }, /messages/],
    ['/v1/chat/completions', {}, { ...chat, model: 'gpt-5-mini', max_tokens: 5 }, /max_completion_tokens/],
    ['/v1/chat/completions', {}, { ...chat, model: 'o4-mini', temperature: 0 }, /temperature/],
    ['/v1/messages', ANTHROPIC, { ...message, max_tokens: undefined }, /max_tokens: Field required/],
    ['/v1/messages', ANTHROPIC, { ...thinking, max_tokens: 2000 }, /greater than `thinking.budget_tokens`/],
    ['/v1/messages', ANTHROPIC, { ...thinking, temperature: 0 }, /`temperature` may only be set to 1/],
    ['/v1beta/models/gemini-2.5-flash:generateContent', GOOGLE, {}, /contents/],
    [CONVERSE, BEARER, { messages: 'hello' }, /messages/],
  ])('%s: what is wrong with a body is named', async (path, headers, body, named) => {
    const response = await post(path, headers, body)
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(named)
  })

  it('Google tells in the body how long to wait', async () => {
    await using other = await startSimulatedServer({
      script: () => ({ do: 'status', status: 429, retryAfter: 34 }),
    })
    const response = await fetch(`${other.url}/v1beta/models/gemini-2.5-flash:generateContent`, {
      method: 'POST',
      headers: GOOGLE,
      body: JSON.stringify(generate),
    })
    expect(await response.json()).toMatchObject({
      error: { status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '34s' }] },
    })
  })

  it.each([
    ['GET', CONVERSE],
    ['POST', '/model/x/apply'],
    ['POST', '/v1/embeddings'],
    ['GET', '/'],
  ])('%s %s is no call that is served', async (method, path) => {
    expect((await fetch(server.url + path, { method })).status).toBe(404)
  })
})

describe('frames of an event stream', () => {
  it('have a prelude, three headers, a payload, and checksums by the polynomial of zlib', async () => {
    const response = await post(`${CONVERSE}-stream`, BEARER, asked)
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream')
    const bytes = Buffer.from(await response.arrayBuffer())
    const frames = framesIn(bytes)
    expect(frames.map(({ headers }) => headers[':event-type'])).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ])
    for (const { headers } of frames) {
      expect(headers).toMatchObject({ ':message-type': 'event', ':content-type': 'application/json' })
    }
    expect(frames[1]?.payload).toMatchObject({ contentBlockIndex: 0, delta: { text: 'ok' } })
    // It hides the length of a piece.
    expect(frames[1]?.payload['p']).toMatch(/^abc/)
  })
})

describe('server-sent events', () => {
  it('of OpenAI end with a chunk for the usage, where it was asked for, and [DONE]', async () => {
    const lines = async (body: object): Promise<string[]> =>
      (await (await post('/v1/chat/completions', {}, body)).text()).trim().split('\n\n')
    const told = await lines({ ...chat, stream: true, stream_options: { include_usage: true } })
    expect(told.at(-1)).toBe('data: [DONE]')
    expect(JSON.parse(told.at(-2)?.slice(6) ?? '')).toMatchObject({
      object: 'chat.completion.chunk',
      choices: [],
      usage: { completion_tokens: 1, prompt_tokens_details: { cached_tokens: 0 } },
    })
    const silent = await lines({ ...chat, stream: true })
    expect(silent.join('\n')).not.toContain('usage')
  })

  it('of Anthropic carry their type as their name', async () => {
    const text = await (await post('/v1/messages', ANTHROPIC, { ...message, stream: true })).text()
    const events = [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)]
    expect(events.map(([, name]) => name)).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
    for (const [, name, data = ''] of events) expect(JSON.parse(data)).toMatchObject({ type: name })
  })

  it('of Google are whole responses, with the count so far', async () => {
    const path = '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse'
    const text = await (await post(path, GOOGLE, generate)).text()
    const events = text
      .trim()
      .split('\n\n')
      .map((event) => JSON.parse(event.slice(6)) as unknown)
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({
      candidates: [{ content: { role: 'model', parts: [{ text: 'ok' }] }, index: 0 }],
      modelVersion: 'gemini-2.5-flash',
    })
    expect(events[1]).toMatchObject({
      candidates: [{ finishReason: 'STOP' }],
      usageMetadata: { candidatesTokenCount: 1 },
    })
  })
})

interface Frame {
  readonly headers: Record<string, string>
  readonly payload: Record<string, unknown>
}

/** Takes frames apart by hand, so that this server's library is not its own witness. */
function framesIn(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const headersEnd = at + 12 + bytes.readUInt32BE(at + 4)
    expect(bytes.readUInt32BE(at + 8)).toBe(crc32(bytes.subarray(at, at + 8)))
    expect(bytes.readUInt32BE(at + length - 4)).toBe(crc32(bytes.subarray(at, at + length - 4)))
    const headers: Record<string, string> = {}
    for (let next = at + 12; next < headersEnd;) {
      const nameEnd = next + 1 + bytes.readUInt8(next)
      const valueEnd = nameEnd + 3 + bytes.readUInt16BE(nameEnd + 1)
      expect(bytes.readUInt8(nameEnd)).toBe(7)
      headers[bytes.toString('utf8', next + 1, nameEnd)] = bytes.toString('utf8', nameEnd + 3, valueEnd)
      next = valueEnd
    }
    const payload = bytes.toString('utf8', headersEnd, at + length - 4)
    frames.push({ headers, payload: JSON.parse(payload) as Record<string, unknown> })
    at += length
  }
  return frames
}
