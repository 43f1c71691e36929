import { describe, expect, it } from 'vitest'
import { failureOfThrown } from '../../../../harness/model/failures/failure-of.ts'

function error(message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), fields)
}

describe('what a provider throws', () => {
  it.each([
    [
      'AWS',
      error('slow', { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }),
      'throttled',
      400,
    ],
    ['AWS', error('x', { name: 'TooManyRequestsException' }), 'throttled', undefined],
    ['AWS', error('x', { name: 'ServiceUnavailableException' }), 'unavailable', undefined],
    ['AWS', error('x', { name: 'InternalServerException' }), 'unavailable', undefined],
    [
      'AWS',
      error('x', { name: 'ModelNotReadyException', $metadata: { httpStatusCode: 429 } }),
      'unavailable',
      429,
    ],
    ['AWS', error('x', { name: 'ModelStreamErrorException' }), 'unavailable', undefined],
    ['AWS', error('x', { name: 'ModelTimeoutException' }), 'timeout', undefined],
    ['AWS', error('x', { name: 'AccessDeniedException' }), 'auth', undefined],
    ['AWS', error('x', { name: 'UnrecognizedClientException' }), 'auth', undefined],
    ['AWS', error('x', { name: 'ValidationException' }), 'invalid', undefined],
    [
      'AWS',
      error('x', { name: 'ModelErrorException', $metadata: { httpStatusCode: 424 } }),
      'unavailable',
      424,
    ],
    [
      'AWS, of a quota that waiting does not change',
      error('x', { name: 'ServiceQuotaExceededException', $metadata: { httpStatusCode: 400 } }),
      'invalid',
      400,
    ],
    ['AWS', error('x', { name: 'ResourceNotFoundException' }), 'invalid', undefined],
    ['AWS', error('x', { name: 'InvalidClientTokenId' }), 'auth', undefined],
    [
      'AWS, where there are no credentials',
      error('x', { name: 'CredentialsProviderError' }),
      'auth',
      undefined,
    ],
    [
      'AWS, of a frame',
      error('The message checksum (1) did not match the expected value of 2'),
      'unavailable',
      undefined,
    ],
    [
      'AWS, of a frame',
      error(
        'The prelude checksum specified in the message (1) does not match the calculated CRC32 checksum (2).',
      ),
      'unavailable',
      undefined,
    ],
    ['AWS, of a frame', error('Truncated event message received.'), 'unavailable', undefined],
    ['got', error('x', { response: { statusCode: 503 } }), 'unavailable', 503],
    ['Google', error('x', { code: 429 }), 'throttled', 429],
    ['Google', error('x', { code: '503', status: 'UNAVAILABLE' }), 'unavailable', 503],
    ['Node', error('socket hang up'), 'unavailable', undefined],
    ['Node', error('x', { code: 'CERT_HAS_EXPIRED' }), 'invalid', undefined],
    ['Node', error('fetch failed', { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }), 'invalid', undefined],
    [
      'Node',
      error('fetch failed', { cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } }),
      'invalid',
      undefined,
    ],
    ['undici', error('terminated', { cause: { code: 'UND_ERR_BODY_TIMEOUT' } }), 'timeout', undefined],
    ['undici', error('x', { cause: { cause: { code: 'UND_ERR_SOCKET' } } }), 'unavailable', undefined],
    ['undici', error('x', { code: 'UND_ERR_INVALID_ARG' }), 'invalid', undefined],
    [
      'both addresses',
      new AggregateError([error('a', { code: 'ETIMEDOUT' }), error('b')]),
      'timeout',
      undefined,
    ],
    ['a text', 'rate limit exceeded', 'throttled', undefined],
    ['a status that is none', error('x', { status: 'pending', code: 7 }), 'unknown', undefined],
  ])('has a kind: %s, %s', (_who, thrown, kind, status) => {
    const failure = failureOfThrown(thrown)
    expect([failure.kind, failure.status]).toEqual([kind, status])
  })

  it.each([
    ['OpenAI', { status: 429, headers: new Headers({ 'retry-after-ms': '250' }) }, 250],
    ['axios', { response: { status: 429, headers: { 'retry-after': '2' } } }, 2000],
    ['Vercel', { statusCode: 429, responseHeaders: { 'Retry-After': '2' } }, 2000],
    ['AWS', { name: 'ThrottlingException', $response: { headers: { 'retry-after': '2' } } }, 2000],
    ['fetch', { response: new Response('', { status: 429, headers: { 'retry-after': '2' } }) }, 2000],
    ['a cause', { cause: error('x', { status: 429, headers: { 'retry-after': '2' } }) }, 2000],
    ['the error itself', { status: 429, retryAfterMs: 2000 }, 2000],
    ['the message', { status: 429 }, 1000],
    [
      'more than can be meant',
      { status: 429, headers: { 'retry-after': '1e9' }, retryAfterMs: 1e12 },
      600_000,
    ],
  ])('says how long to wait, where its client keeps it: %s', (_who, fields, retryAfterMs) => {
    expect(failureOfThrown(error('try again in 1s', fields))).toMatchObject({
      kind: 'throttled',
      retryAfterMs,
    })
  })

  it('is read to an end when its causes have none', () => {
    const endless = error('round')
    endless.cause = endless
    expect(failureOfThrown(endless).kind).toBe('unknown')
    const wide = new AggregateError(Array.from({ length: 1000 }, () => error('x')))
    expect(failureOfThrown(wide).kind).toBe('unknown')
  })

  it.each(['name', 'code', 'cause', 'response', 'status', 'headers', 'error'])(
    'is a failure even when reading its %s throws',
    (field) => {
      const hostile = error('boom')
      const get = () => {
        throw new Error('no')
      }
      Object.defineProperty(hostile, field, { get })
      expect(failureOfThrown(hostile)).toEqual({ kind: 'unknown', message: 'boom' })
    },
  )

  it('is a failure even when its headers or its body cannot be read', () => {
    const headers = {
      get() {
        throw new Error('no')
      },
    }
    expect(failureOfThrown(error('boom', { status: 429, headers })).kind).toBe('unknown')
    const body: Record<string, unknown> = {}
    body['self'] = body
    expect(failureOfThrown(error('boom', { status: 429, error: body })).kind).toBe('throttled')
  })
})
