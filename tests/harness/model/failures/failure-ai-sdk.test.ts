import { APICallError, LoadAPIKeyError, NoOutputGeneratedError, RetryError, TypeValidationError } from 'ai'
import { describe, expect, it } from 'vitest'
import { failureOfThrown } from '../../../../harness/model/failures/failure-of.ts'

const answered = (statusCode: number, more: object = {}): APICallError =>
  new APICallError({ message: 'm', url: 'https://x', requestBodyValues: {}, statusCode, ...more })

describe('an error of the AI SDK', () => {
  it('tells by its status, its headers and its body', () => {
    expect(failureOfThrown(answered(429, { responseHeaders: { 'retry-after': '3' } }))).toMatchObject({
      kind: 'throttled',
      status: 429,
      retryAfterMs: 3000,
    })
    expect(
      failureOfThrown(answered(429, { responseBody: '{"error":{"code":"insufficient_quota"}}' })).kind,
    ).toBe('credit')
    expect(failureOfThrown(answered(529)).kind).toBe('unavailable')
  })

  it('that gave up after several tries is what the tries were', () => {
    const tries = [answered(503), answered(503)]
    const gaveUp = new RetryError({
      message: 'Failed after 2 attempts.',
      reason: 'maxRetriesExceeded',
      errors: tries,
    })
    expect(failureOfThrown(gaveUp)).toMatchObject({ kind: 'unavailable', status: 503 })
  })

  it('for nothing that came is what the cause is, else no output', () => {
    expect(failureOfThrown(new NoOutputGeneratedError()).kind).toBe('no_output')
    expect(failureOfThrown(new NoOutputGeneratedError({ cause: answered(429) })).kind).toBe('throttled')
  })

  it('for a reply in a form that it does not know is invalid; for a key that is not there, auth', () => {
    const form = new TypeValidationError({ value: {}, cause: new Error('c') })
    expect(failureOfThrown(answered(200, { cause: form })).kind).toBe('invalid')
    expect(failureOfThrown(new LoadAPIKeyError({ message: 'OpenAI API key is missing.' })).kind).toBe('auth')
  })
})

describe('a key that Google refuses', () => {
  it.each([
    'API key not valid. Please pass a valid API key.',
    'API key expired. Please renew the API key.',
    '"reason": "API_KEY_INVALID"',
  ])('is said with a 400: %s', (said) => {
    expect(failureOfThrown(answered(400, { responseBody: said })).kind).toBe('auth')
    expect(failureOfThrown(answered(400, { responseBody: 'temperature not valid' })).kind).toBe('invalid')
  })
})
