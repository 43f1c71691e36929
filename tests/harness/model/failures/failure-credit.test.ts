import { describe, expect, it } from 'vitest'
import { failureOfResponse, failureOfThrown } from '../../../../harness/model/failures/failure-of.ts'

const QUOTA = 'You exceeded your current quota, please check your plan and billing details.'
const http = (status: number, headers: Record<string, string> = {}) => ({
  metadata: { http: { status, statusText: '', headers } },
})

function error(message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), fields)
}

describe('an account without money', () => {
  it.each([
    ['402', { error: 'Payment Required', ...http(402) }],
    [
      'Anthropic',
      {
        error:
          'API call error: Your credit balance is too low to access the Anthropic API., status 400, type invalid_request_error',
      },
    ],
    ['OpenAI', { error: `API error: insufficient_quota 429 ${QUOTA}` }],
    [
      'OpenAI at its hard limit',
      { error: 'API error: 400 Bad Request\n{"error":{"code":"billing_hard_limit_reached"}}' },
    ],
    [
      'promptfoo',
      { error: 'Quota exceeded: HTTP 429', metadata: { rateLimitKind: 'quota', http: { status: 429 } } },
    ],
    ['Google, at the end of the day', { error: `API error: 429 \n{"error":{"message":"${QUOTA}"}}` }],
    [
      'a server that names a day as the end of it',
      { error: QUOTA, ...http(429, { 'retry-after': '86400' }) },
    ],
  ])('is told from throttling and from a mistake: %s', (_who, response) => {
    expect(failureOfResponse(response).kind).toBe('credit')
  })

  it.each([
    [
      'Google',
      { error: `API error: 429 \n{"error":{"message":"${QUOTA} Please retry in 34.07s."}}` },
      34_070,
    ],
    ['Azure', { error: 'insufficient_quota', ...http(429, { 'retry-after': '7' }) }, 7000],
  ])('is not meant where a time of recovery is named: %s', (_who, response, retryAfterMs) => {
    expect(failureOfResponse(response)).toMatchObject({ kind: 'throttled', retryAfterMs })
  })

  it('is not meant by a server that is down', () => {
    expect(failureOfResponse({ error: QUOTA, ...http(503) }).kind).toBe('unavailable')
  })

  it.each([
    [
      'OpenAI',
      error(`429 ${QUOTA}`, {
        status: 429,
        code: 'insufficient_quota',
        error: { type: 'insufficient_quota' },
      }),
    ],
    [
      'Anthropic',
      error('400 {…}', {
        status: 400,
        type: 'invalid_request_error',
        error: { type: 'error', error: { message: 'Your credit balance is too low' } },
      }),
    ],
    [
      'axios',
      error('Request failed', { response: { status: 403, data: { error: { code: 'billing_not_active' } } } }),
    ],
    ['Vercel', error('Forbidden', { statusCode: 403, responseBody: '{"error":"insufficient credits"}' })],
  ])('may be thrown: %s', (_who, thrown) => {
    expect(failureOfThrown(thrown).kind).toBe('credit')
  })
})
