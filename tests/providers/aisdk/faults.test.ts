import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { provider } from './ask.ts'
import { fail } from './fail.ts'
import type { Script, VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

const IDS = [
  'openai:gpt-4o',
  'google:gemini-2.5-flash',
  'anthropic:claude-sonnet-4-5',
  'ollama:llama3',
] as const
type Id = (typeof IDS)[number]

/** A reply of each, whole and in events. */
const WHOLE: Record<Id, string> = {
  'openai:gpt-4o': fixture('openai/completion.json'),
  'google:gemini-2.5-flash': fixture('gemini/response.json'),
  'anthropic:claude-sonnet-4-5': fixture('anthropic/message.json'),
  'ollama:llama3': fixture('openai/completion.json'),
}
const EVENTS: Record<Id, string> = {
  'openai:gpt-4o': fixture('openai/completion.sse'),
  'google:gemini-2.5-flash': fixture('gemini/response.sse'),
  'anthropic:claude-sonnet-4-5': fixture('anthropic/message.sse'),
  'ollama:llama3': fixture('openai/vllm-reasoning.sse'),
}
const IN_STREAM: Record<Id, string> = {
  'openai:gpt-4o': fixture('openai/error-in-stream.sse'),
  'google:gemini-2.5-flash': fixture('gemini/error-in-stream.sse'),
  'anthropic:claude-sonnet-4-5': fixture('anthropic/error-in-stream.sse'),
  'ollama:llama3': fixture('openai/error-in-stream.sse'),
}

/** As the vendors say it: the words differ, what comes of it does not. */
const error = (message: string): string => JSON.stringify({ error: { message, code: 'c', status: 's' } })

describe.each(IDS)('%s', (id) => {
  it.each([
    [400, 'invalid'],
    [401, 'auth'],
    [403, 'auth'],
    [404, 'invalid'],
    [429, 'throttled'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [529, 'unavailable'],
    [408, 'timeout'],
  ])('a %i is %s, whatever its body, and is not tried again', async (status, kind) => {
    for (const [body, stream] of [
      [error('no'), true],
      [error('no'), false],
      ['<html>Gateway</html>', true],
      ['', false],
    ] as const) {
      const { failure } = await fail(server, id, { status, body }, { stream })
      expect(failure).toMatchObject({ kind, status })
      expect(failure.message).toContain(String(status))
    }
  })

  it('a 429 is throttled, with the wait it asks for', async () => {
    const headers = { 'retry-after': '7', 'x-request-id': 'req_9' }
    const { failure, response } = await fail(server, id, { status: 429, body: error('slow down'), headers })
    expect(failure).toMatchObject({ kind: 'throttled', retryAfterMs: 7000 })
    expect(response.metadata?.['http']).toMatchObject({ status: 429, headers })
  })

  it('an error within the stream is typed, and no reply', async () => {
    const { failure, response } = await fail(server, id, { body: IN_STREAM[id] })
    expect(failure.kind).toBe('unavailable')
    expect(failure.message).toMatch(/overloaded|had an error/i)
    expect(response.metadata?.['timing']).toMatchObject({ latencyMs: expect.any(Number) as number })
  })

  it('a stream that ends before the reply does is no reply', async () => {
    const events = EVENTS[id].split(/\r?\n\r?\n/)
    const { failure } = await fail(server, id, { body: `${events.slice(0, 2).join('\n\n')}\n\n` })
    expect(failure).toEqual({
      kind: 'unavailable',
      message: expect.stringContaining('ended before') as string,
    })
  })

  it('a connection lost before, after the headers, and within a frame is unavailable', async () => {
    for (const stream of [true, false]) {
      const body = stream ? EVENTS[id] : WHOLE[id]
      const scripts: Script[] = [
        { before: 'reset' },
        { body: '', headers: stream ? { 'content-type': 'text/event-stream' } : {}, after: 'reset' },
        { body: body.slice(0, Math.floor(body.length / 2)), after: 'reset' },
      ]
      for (const script of scripts) {
        const { failure } = await fail(server, id, script, { stream })
        expect(failure.kind).toBe('unavailable')
        expect(failure).not.toHaveProperty('status')
      }
    }
  })

  it('a server that is not there is unavailable', async () => {
    const gone = await startVendor()
    await gone[Symbol.asyncDispose]()
    const response = await provider(gone, id).callApi('x')
    expect(response.metadata?.['failure']).toMatchObject({ kind: 'unavailable' })
  })

  it('a body that is no JSON was paid for and is invalid, in the stream too', async () => {
    const whole = await fail(server, id, { body: '{"half": ' }, { stream: false })
    expect(whole.failure.kind).toBe('invalid')
    const streamed = await fail(server, id, { body: 'data: {"half": \n\n' })
    expect(streamed.failure.kind).toBe('invalid')
    const page = await fail(server, id, {
      body: '<html>Sign in</html>',
      headers: { 'content-type': 'text/html' },
    })
    expect(page.failure).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('Sign in') as string,
    })
  })

  it('no reply within the time is a timeout, before the headers and within the stream', async () => {
    for (const script of [{ before: 'hang' }, { body: EVENTS[id].slice(0, 200), after: 'hang' }] as const) {
      const { failure } = await fail(server, id, script, { timeoutMs: 60 })
      expect(failure).toEqual({ kind: 'timeout', message: 'there was no full reply within 60 ms' })
    }
  })

  it('an abort before the headers and within the stream is aborted; before the call nothing is sent', async () => {
    for (const script of [{ before: 'hang' }, { body: EVENTS[id].slice(0, 200), after: 'hang' }] as const) {
      const controller = new AbortController()
      const abortsSoon = (): Script => {
        setTimeout(() => controller.abort(new Error('enough')), 20)
        return script
      }
      const { failure } = await fail(server, id, abortsSoon, {}, controller.signal)
      expect(failure).toEqual({ kind: 'aborted', message: 'the call was aborted: enough' })
    }
    const before = server.received.length
    const response = await provider(server, id).callApi('x', undefined, { abortSignal: AbortSignal.abort() })
    expect(response.metadata?.['failure']).toMatchObject({ kind: 'aborted' })
    expect(server.received.length).toBe(before)
  })

  it('takes lone surrogates and latin-1 for what they can be', async () => {
    server.answer({ body: EVENTS[id] })
    const before = server.received.length
    const response = await provider(server, id, { system: 'r\u00e9sum\u00e9' }).callApi(
      'half \ud83d of a pair',
    )
    expect(response.error).toBeUndefined()
    const sent = server.received[before]?.text ?? ''
    expect(sent).toContain('half \ufffd of a pair')
    expect(sent).toContain('r\u00e9sum\u00e9')
  })
})
