import { describe, expect, it } from 'vitest'
import { failureOfResponse } from '../../../../harness/model/failures/failure-of.ts'
import { normalise } from '../../../../harness/execute/reply.ts'
import type { ProviderResponse } from '../../../../harness/model/provider.ts'

const http = (status: number, headers: Record<string, string> = {}) => ({
  metadata: { http: { status, statusText: '', headers } },
})

describe('what a provider reports', () => {
  it.each<[string, ProviderResponse, string]>([
    ['an overload of Anthropic', { error: 'x', ...http(529) }, 'unavailable'],
    ["a timeout of Cloudflare's", { error: 'x', ...http(524) }, 'timeout'],
    ['what no server will ever do', { error: 'x', ...http(501) }, 'invalid'],
    ['a proxy that wants a password', { error: 'x', ...http(407) }, 'auth'],
    [
      'no status: promptfoo writes 0',
      { error: 'API call error: Error: socket hang up', ...http(0) },
      'unavailable',
    ],
    ['a 200 with an error inside', { error: '{"type":"overloaded_error"}', ...http(200) }, 'unavailable'],
    ['a 200 that says nothing more', { error: 'the model is not loaded', ...http(200) }, 'unknown'],
    ['a 400 of its own', { error: 'API error: 400 Bad Request\n{"code":"invalid_prompt"}' }, 'invalid'],
  ])('has a kind: %s', (_what, response, kind) => {
    expect(failureOfResponse(response).kind).toBe(kind)
  })

  it.each([
    ['API call error: Overloaded, status 529, type overloaded_error', 'unavailable', 529],
    ['API error: server_error 500 The server had an error', 'unavailable', 500],
    ['API error: rate_limit_exceeded 429 slow down', 'throttled', 429],
    ['Rate limit exceeded: HTTP 429 Too Many Requests [retry after 7s]', 'throttled', 429],
    ['API call error: Error: Rate limited: 429 Too Many Requests after 5 attempts', 'throttled', 429],
    ['API call error: Error: Internal Server Error: 503 Service Unavailable', 'unavailable', 503],
    ['API call error: Error: Request timed out after 300000 ms', 'timeout', undefined],
    ['API call error: TimeoutError: The operation was aborted due to timeout', 'timeout', undefined],
    [
      'API call error: Error: Request failed after 4 retries: TypeError: fetch failed (Cause: Error: connect ECONNREFUSED 127.0.0.1:9)',
      'unavailable',
      undefined,
    ],
    [
      'API call error: Error: Request failed after 4 retries: TypeError: fetch failed (Cause: Error: self-signed certificate)',
      'invalid',
      undefined,
    ],
    ['API call error: TypeError: terminated', 'unavailable', undefined],
    ['API call error: Connection error.', 'unavailable', undefined],
    ['Bedrock API invoke model error: ThrottlingException: Too many tokens', 'throttled', undefined],
    ['Bedrock API invoke model error: ModelNotReadyException: wait', 'unavailable', undefined],
    ['Bedrock API invoke model error: ModelTimeoutException: late', 'timeout', undefined],
    ['Bedrock API invoke model error: ExpiredTokenException: token', 'auth', undefined],
    ['Bedrock API invoke model error: ValidationException: bad', 'invalid', undefined],
    ['Error parsing response: Unexpected token < in JSON at position 0', 'invalid', undefined],
    ['the tool answered 429 times', 'unknown', undefined],
  ])('is read out of the text where there is nothing else: %s', (text, kind, status) => {
    const failure = failureOfResponse({ error: text })
    expect([failure.kind, failure.status]).toEqual([kind, status])
  })

  it('is not misread for what a model said further on', () => {
    const reply = `${'a'.repeat(500)} rate limit, credit balance is too low, overloaded_error`
    expect(failureOfResponse({ error: `API response error: Error: no choices: ${reply}` }).kind).toBe(
      'unknown',
    )
  })

  it.each([
    ['our words', { metadata: { failure: { kind: 'throttled', retryAfterMs: 1500 } } }, 1500],
    ["promptfoo's headers", http(429, { 'retry-after': '3' }), 3000],
    ['headers beside it', { metadata: { headers: { 'Retry-After-Ms': '30' } } }, 30],
    ['the text', { metadata: {} }, 20_000],
    [
      'our words, then headers',
      { metadata: { failure: { retryAfterMs: -1 }, headers: { 'retry-after': '1' } } },
      1000,
    ],
  ])('says how long to wait: in %s', (_where, response, ms) => {
    expect(failureOfResponse({ error: 'slow down, try again in 20s', ...response }).retryAfterMs).toBe(ms)
  })

  it('is believed no further than ten minutes', () => {
    const told = [{ 'retry-after': '86400' }, { 'retry-after': '9'.repeat(400) }].map((headers) =>
      failureOfResponse({ error: 'x', ...http(429, headers) }),
    )
    expect(told.map(({ retryAfterMs }) => retryAfterMs)).toEqual([600_000, 600_000])
    expect(
      failureOfResponse({ error: 'x', metadata: { failure: { retryAfterMs: Infinity } } }).retryAfterMs,
    ).toBe(600_000)
  })

  it('may count a date from a clock it is given', () => {
    const response = { error: 'x', ...http(503, { 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }) }
    expect(failureOfResponse(response).retryAfterMs).toBeUndefined()
    expect(normalise(response, () => new Date('2026-11-20T12:00:00Z')).failure?.retryAfterMs).toBe(30_000)
  })

  it('is a failure when only metadata.failure says so', () => {
    const { failure, reply } = normalise({ output: 'x', metadata: { failure: { kind: 'throttled' } } })
    expect([failure?.kind, failure?.message, reply]).toEqual([
      'throttled',
      'the provider reported a failure and did not say why',
      undefined,
    ])
    expect(normalise({ output: 'x', metadata: { failure: 'a word of its own' } }).failure).toBeUndefined()
  })

  it('may be an error object, read like one that is thrown', () => {
    const thrown = Object.assign(new Error('reset'), { code: 'ECONNRESET' }) as unknown as string
    expect(failureOfResponse({ error: thrown })).toMatchObject({ kind: 'unavailable', message: 'reset' })
  })
})
