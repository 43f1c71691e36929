import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, provider } from './ask.ts'
import type { VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

const gemini = (config: object, prompt: string, body: string, context?: object) =>
  ask(server, 'google:gemini-2.5-flash', config, prompt, { body }, context === undefined ? {} : { context })

describe('a streamed reply of Gemini', () => {
  it('is asked for at its address, with the key in its header, and nothing that nobody wrote', async () => {
    const { request } = await gemini({ apiKey: 'g-key' }, 'Explain AI', fixture('gemini/response.sse'))
    expect(request.path).toBe('/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse')
    expect(request.headers['x-goog-api-key']).toBe('g-key')
    expect(request.body).toEqual({
      generationConfig: {},
      contents: [{ role: 'user', parts: [{ text: 'Explain AI' }] }],
    })
  })

  it('is read whole; thoughts are billed as output', async () => {
    const { response } = await gemini({}, 'Explain AI', fixture('gemini/response.sse'))
    expect(response).toMatchObject({
      output: 'AI learns patterns.',
      finishReason: 'stop',
      tokenUsage: { total: 50, prompt: 10, completion: 40, numRequests: 1 },
      cost: (10 * 0.3 + 40 * 2.5) / 1e6,
      metadata: {
        stopReason: 'STOP',
        responseId: 'r-1',
        servedModel: 'gemini-2.5-flash',
        usage: { input: 10, output: 40 },
        rawUsage: { candidatesTokenCount: 5, thoughtsTokenCount: 35, totalTokenCount: 50 },
        billing: { vendor: 'google', model: 'gemini-2.5-flash' },
        timing: { ttftMs: expect.any(Number) as number },
      },
    })
  })

  it('has its thoughts among its text, unless they are not to be shown', async () => {
    const parts = [{ text: 'Let me see. ', thought: true }, { text: 'Paris.' }]
    const body = `data: ${JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] })}\n\n`
    const shown = await gemini({}, 'Capital?', body)
    const hidden = await gemini({ showThinking: false }, 'Capital?', body)
    expect([shown.response.output, hidden.response.output]).toEqual(['Let me see. Paris.', 'Paris.'])
  })

  it('says the same however its bytes are cut', async () => {
    const { response } = await ask(server, 'google:gemini-2.5-flash', {}, 'x', {
      body: fixture('gemini/response.sse'),
      pieces: 41,
    })
    expect(response.output).toBe('AI learns patterns.')
  })

  it('with a function call is the list of its parts, as promptfoo gives it', async () => {
    const { response } = await gemini({}, 'Weather?', fixture('gemini/function-call.sse'))
    expect(response).toMatchObject({
      output: [{ functionCall: { name: 'get_weather', args: { city: 'Paris' } }, thoughtSignature: 'c2ln' }],
      finishReason: 'tool_calls',
      metadata: { stopReason: 'STOP', thoughtSignatures: ['c2ln'] },
    })
  })

  it('that was blocked is a refusal with what there is of it', async () => {
    const { response } = await gemini({}, 'x', fixture('gemini/safety.sse'))
    expect(response).toMatchObject({
      output: 'I would',
      isRefusal: true,
      finishReason: 'content_filter',
      guardrails: { flagged: true, flaggedInput: false, flaggedOutput: true },
      metadata: { stopReason: 'SAFETY', usage: { input: 8, output: 2 } },
    })
    const prompt = await gemini({}, 'x', fixture('gemini/blocked-prompt.sse'))
    expect(prompt.response).toMatchObject({
      output: 'Response blocked: PROHIBITED_CONTENT',
      isRefusal: true,
      finishReason: 'content_filter',
      guardrails: { flagged: true, flaggedInput: true, flaggedOutput: false },
    })
  })

  it('with nothing in it is an empty text; cut off by the limit, it says so', async () => {
    const empty = await gemini({}, 'x', 'data: {"candidates":[{"finishReason":"STOP","index":0}]}\n\n')
    expect(empty.response).toMatchObject({ output: '', finishReason: 'stop' })
    expect(empty.response.metadata?.['usage']).toMatchObject({ output: 0, estimated: true })
    const long = await gemini({}, 'x', fixture('gemini/response.sse').replace('STOP', 'MAX_TOKENS'))
    expect(long.response).toMatchObject({ output: 'AI learns patterns.', finishReason: 'length' })
  })
})

describe('a reply of Gemini that is not streamed', () => {
  it('is asked for at the other address, and read whole with what the cache held apart', async () => {
    const { request, response } = await gemini({ stream: false }, 'x', fixture('gemini/response.json'))
    expect(request.path).toBe('/v1beta/models/gemini-2.5-flash:generateContent')
    expect(response).toMatchObject({
      output: 'AI learns patterns from data.',
      finishReason: 'stop',
      metadata: { usage: { input: 1000, output: 107, cacheRead: 2000 } },
    })
  })
})

describe('a reply of Gemini that is longer than one request yields', () => {
  const part = (text: string, finishReason: string, more = ''): string =>
    `data: {"candidates":[{"content":{"parts":[{"text":"${text}"}]},"finishReason":"${finishReason}"${more},"index":0}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":4}}\n\n`

  it('goes on in another one, and both are counted', async () => {
    const before = server.received.length
    server.answer(({ body }) => ({
      body:
        'continuationToken' in body
          ? part('end', 'STOP')
          : part('begin ', 'CONTINUATION', ',"continuationToken":"t"'),
    }))
    const response = await provider(server, 'google:gemini-2.5-flash').callApi('x')
    expect(response).toMatchObject({ output: 'begin end', finishReason: 'stop' })
    expect(response.metadata).toMatchObject({ usage: { input: 20, output: 8 }, requests: 2 })
    expect(server.received.length - before).toBe(2)
  })

  it('is a failure where it was not asked for as a stream: part of it would be lost', async () => {
    const data = part('begin ', 'CONTINUATION', ',"continuationToken":"t"').replace('data: ', '')
    const { response } = await gemini({ stream: false }, 'x', data)
    expect(response.error).toBe('Google: the reply comes in several parts: ask for it as a stream')
  })
})
