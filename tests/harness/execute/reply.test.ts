import { describe, expect, it } from 'vitest'
import { failureOfThrown } from '../../../harness/model/failures/failure-of.ts'
import { recordable, recordableMap } from '../../../harness/model/failures/recordable.ts'
import { normalise, responseOf } from '../../../harness/execute/reply.ts'

describe('a reply', () => {
  it('keeps what the provider said, each thing in its place', () => {
    const response = {
      output: 'yes',
      cost: 0.25,
      cached: false,
      finishReason: 'stop',
      isRefusal: false,
      logProbs: [-0.1],
      guardrails: { flagged: false },
      raw: { id: 1 },
      metadata: { model: 'x', timing: { ttftMs: 12, serverMs: 30 } },
      tokenUsage: { prompt: 10, completion: 4, total: 14 },
    }
    const normal = normalise(response)
    expect(normal).toMatchObject({
      reply: {
        output: 'yes',
        finishReason: 'stop',
        isRefusal: false,
        cached: false,
        logProbs: [-0.1],
        extra: { guardrails: { flagged: false }, raw: { id: 1 } },
      },
      usage: { input: 10, output: 4 },
      costUsd: 0.25,
      ttftMs: 12,
      serverMs: 30,
    })
    expect(responseOf(normal)).toEqual(response)
  })

  it('has an unknown cost unless the provider gives one, and 0 is one', () => {
    expect(normalise({ output: 'x' }).costUsd).toBe('unknown')
    expect(normalise({ output: 'x', cost: Number.NaN }).costUsd).toBe('unknown')
    expect(normalise({ output: 'x', cost: 0 }).costUsd).toBe(0)
  })

  it('splits tokens into classes that add up', () => {
    const tokenUsage = {
      prompt: 100,
      completion: 20,
      completionDetails: { cacheReadInputTokens: 60, cacheCreationInputTokens: 10, reasoning: 5 },
    }
    expect(normalise({ output: 'x', tokenUsage }).usage).toEqual({
      input: 30,
      output: 20,
      cacheRead: 60,
      cacheWrite: 10,
    })
  })

  it('has no usage when it came out of a local cache, or when only a total is known', () => {
    expect(
      normalise({ output: 'x', cached: true, tokenUsage: { prompt: 1, completion: 1 } }).usage,
    ).toBeUndefined()
    expect(normalise({ output: 'x', tokenUsage: { total: 9 } }).usage).toBeUndefined()
  })

  it.each(['', 0, false, [], { a: 1 }])('may be %j', (output) => {
    expect(normalise({ output }).reply).toEqual({ output })
  })
})

describe('what is no reply', () => {
  it.each([
    ['nothing', undefined, 'invalid', 'returned nothing'],
    ['null', null, 'invalid', 'returned nothing'],
    ['a number', 5, 'invalid', 'returned a number'],
    ['a bare text', 'hello', 'invalid', 'returned a string'],
    ['an object without output', { text: 'hi' }, 'no_output', 'No output'],
    ['a null output', { output: null }, 'no_output', 'No output'],
  ])('%s is a failure that says so', (_what, returned, kind, message) => {
    const { reply, failure } = normalise(returned)
    expect(reply).toBeUndefined()
    expect(failure?.kind).toBe(kind)
    expect(failure?.message).toContain(message)
  })

  it('an error is a failure even beside an output, with what came along', () => {
    expect(normalise({ output: 'x', error: 'boom', metadata: { id: 7 } })).toMatchObject({
      failure: { kind: 'unknown', message: 'boom', metadata: { id: 7 } },
    })
    expect(normalise({ error: new Error('as an object') }).failure?.message).toBe('as an object')
    expect(normalise({ error: { code: 7 } }).failure?.message).toBe('{"code":7}')
  })

  it('takes the kind a provider gives under metadata.failure', () => {
    const failure = { kind: 'throttled', retryAfterMs: 1500, status: 429 }
    expect(normalise({ error: 'slow down', metadata: { failure } }).failure).toMatchObject({
      ...failure,
      message: 'slow down',
    })
    expect(normalise({ error: 'x', metadata: { failure: { kind: 'nonsense' } } }).failure?.kind).toBe(
      'unknown',
    )
  })

  it.each([
    [{ error: 'x', metadata: { http: { status: 429 } } }, 'throttled'],
    [{ error: 'API error: 429 Too Many Requests' }, 'throttled'],
    [{ error: 'API error: 401 Unauthorized' }, 'auth'],
    [{ error: 'HTTP 503' }, 'unavailable'],
    [{ error: 'status code 504' }, 'timeout'],
    [{ error: 'API error: 400 Bad Request' }, 'invalid'],
    [{ error: 'the answer was 429 pages long' }, 'unknown'],
  ])('reads the status out of what promptfoo providers write: %j', (response, kind) => {
    expect(normalise(response).failure?.kind).toBe(kind)
  })
})

describe('what is thrown', () => {
  it.each([
    [new Error('plain'), 'unknown'],
    ['a text', 'unknown'],
    [undefined, 'unknown'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'unavailable'],
    [new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }), 'unavailable'],
    [Object.assign(new Error('x'), { code: 'UND_ERR_HEADERS_TIMEOUT' }), 'timeout'],
    [new DOMException('x', 'TimeoutError'), 'timeout'],
    [new DOMException('x', 'AbortError'), 'aborted'],
    [Object.assign(new Error('x'), { status: 403 }), 'auth'],
    [Object.assign(new Error('x'), { response: { status: 500 } }), 'unavailable'],
    [Object.create(null), 'unknown'],
  ])('is a failure of a kind', (thrown, kind) => {
    expect(failureOfThrown(thrown)).toMatchObject({ kind, message: expect.any(String) as string })
  })

  it.each([
    [undefined, 'the provider threw nothing that says why'],
    [new Error(), 'the provider threw an error without a message'],
  ])('has a message even where it says nothing: %s', (thrown, message) => {
    expect(failureOfThrown(thrown).message).toBe(message)
  })
})

describe('recordable', () => {
  it('leaves alone what JSON can hold', () => {
    const value = { a: [1, 'x', null, true], b: { c: 'ü\n\u0000' } }
    expect(recordable(value)).toBe(value)
    const map = { a: 'x', value }
    expect(recordableMap(map)).toBe(map)
  })

  it('makes lone surrogates well-formed, at any depth, and keeps whole ones', () => {
    expect(recordable('a\ud800b')).toBe('a\ufffdb')
    expect(recordable({ 'k\ud800': ['\udc00', '😀'] })).toEqual({ 'k\ufffd': ['\ufffd', '😀'] })
    expect(recordableMap({ good: 1, bad: '\ud800' })).toEqual({ good: 1, bad: '\ufffd' })
  })

  it('finds a form for everything else', () => {
    const cycle: Record<string, unknown> = { n: 1n }
    cycle['self'] = cycle
    expect(recordable(cycle)).toEqual({ n: '1', self: '[circular]' })
    const hostile = {
      get boom(): never {
        throw new Error('no')
      },
    }
    expect(recordable(hostile)).toEqual({ boom: '[unreadable]' })
    expect(recordable(Number.NaN)).toBe('NaN')
    expect(recordable(Symbol('s'))).toBe('[symbol]')
    expect(recordable(() => 1)).toBe('[function]')
    expect(recordable(2n)).toBe('2')
  })
})
