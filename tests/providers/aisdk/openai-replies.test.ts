import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './ask.ts'
import type { VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

const GPT = 'openai:gpt-4o'
const openai = (config: object, prompt: string, body: string, headers?: Record<string, string>) =>
  ask(server, GPT, config, prompt, { body, ...(headers && { headers }) })

describe('a streamed chat completion', () => {
  it('is asked for as promptfoo asks, and as a stream with its usage', async () => {
    const { request } = await openai({ apiKey: 'sk-test' }, 'Hello!', fixture('openai/completion.sse'))
    expect([request.method, request.path]).toEqual(['POST', '/v1/chat/completions'])
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer sk-test',
    })
    expect(request.body).toEqual({
      model: 'gpt-4o',
      max_tokens: 1024,
      temperature: 0,
      messages: [{ role: 'user', content: 'Hello!' }],
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  it('is read whole: text, usage, why it ended, ids, and times', async () => {
    const { response } = await openai({}, 'Hello!', fixture('openai/completion.sse'), {
      'x-request-id': 'req_8f3',
      'x-ratelimit-remaining-requests': '4999',
      'openai-processing-ms': '187',
      'set-cookie': '__cf_bm=secret',
    })
    const { metadata = {}, ...rest } = response
    expect(rest).toEqual({
      output: 'Hello 🌍',
      finishReason: 'stop',
      tokenUsage: { total: 93, prompt: 19, completion: 74, numRequests: 1 },
      cost: (19 * 2.5 + 74 * 10) / 1e6,
      guardrails: { flagged: false },
    })
    const { timing, http, ...wire } = metadata as Record<string, Record<string, number>>
    expect(wire).toEqual({
      responseId: 'chatcmpl-123',
      servedModel: 'gpt-4o-mini-2024-07-18',
      serviceTier: 'default',
      systemFingerprint: 'fp_44709d6fcb',
      stopReason: 'stop',
      usage: { input: 19, output: 74 },
      billing: { vendor: 'openai', model: 'gpt-4o' },
      rawUsage: {
        prompt_tokens: 19,
        completion_tokens: 74,
        total_tokens: 93,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: 64,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
    })
    expect(http).toEqual({
      status: 200,
      statusText: 'OK',
      headers: {
        date: expect.any(String) as string,
        'x-request-id': 'req_8f3',
        'x-ratelimit-remaining-requests': '4999',
        'openai-processing-ms': '187',
      },
    })
    expect(Object.keys(timing ?? {})).toEqual(['latencyMs', 'ttftMs'])
    expect(timing?.['ttftMs']).toBeGreaterThan(0)
    expect(timing?.['latencyMs']).toBeGreaterThanOrEqual(timing?.['ttftMs'] ?? Infinity)
  })

  it('says the same however its bytes are cut, in the middle of a character too', async () => {
    const { response } = await ask(server, GPT, {}, 'Hello!', {
      body: fixture('openai/completion.sse'),
      pieces: 37,
    })
    expect(response.output).toBe('Hello 🌍')
  })

  it('with tool calls is the list of them, as promptfoo gives it', async () => {
    const { response } = await openai({}, 'Weather?', fixture('openai/tool-calls.sse'))
    expect(response.output).toEqual([
      {
        id: 'call_abc123',
        type: 'function',
        function: { name: 'get_current_weather', arguments: '{"location":"Boston, MA"}' },
      },
      { id: 'call_def456', type: 'function', function: { name: 'get_time', arguments: '{"zone": "EST"}' } },
    ])
    expect(response.finishReason).toBe('tool_calls')
  })

  it('with a tool call of broken JSON keeps what the model wrote', async () => {
    const broken = fixture('openai/tool-calls.sse').replace('Boston, MA\\"}', 'Boston, MA')
    const { response } = await openai({}, 'Weather?', broken)
    expect(response.error).toBeUndefined()
    expect(response.output).toMatchObject([{ function: { arguments: '{"location":"Boston, MA' } }, {}])
  })

  it('with text beside its tool calls is the message', async () => {
    const both = fixture('openai/tool-calls.sse').replace('"content":null', '"content":"Let me see."')
    const { response } = await openai({}, 'Weather?', both)
    expect(response.output).toMatchObject({
      role: 'assistant',
      content: 'Let me see.',
      tool_calls: [{ id: 'call_abc123' }, { id: 'call_def456' }],
    })
  })

  it('that is a refusal is the refusal, and says that it is one', async () => {
    const { response } = await openai({}, 'Bad!', fixture('openai/refusal.sse'))
    expect(response).toMatchObject({
      output: "I'm sorry, I cannot help with that.",
      isRefusal: true,
      guardrails: { flagged: true },
      finishReason: 'stop',
    })
  })

  it('that was filtered is a refusal with what there is of it', async () => {
    const filtered = fixture('openai/completion.sse').replace('"stop"', '"content_filter"')
    const { response } = await openai({}, 'x', filtered)
    expect(response).toMatchObject({ output: 'Hello 🌍', isRefusal: true, finishReason: 'content_filter' })
  })

  it('with nothing in it is an empty text', async () => {
    const lines = fixture('openai/completion.sse').split('\n\n')
    const { response } = await openai({}, 'x', [lines[0], ...lines.slice(4)].join('\n\n'))
    expect(response).toMatchObject({ output: '', finishReason: 'stop' })
    expect((response.metadata?.['timing'] as object) ?? {}).not.toHaveProperty('ttftMs')
  })

  it('without usage gets an estimate that says so; with log probabilities it has them', async () => {
    const { request, response } = await openai({ logprobs: 2 }, 'Hello!', fixture('openai/logprobs.sse'))
    expect(request.body).toMatchObject({ logprobs: true, top_logprobs: 2 })
    expect(response).toMatchObject({ output: 'Hello', finishReason: 'length', logProbs: [-0.25, -0.5] })
    expect(response.metadata?.['usage']).toEqual({ input: 2, output: 1, estimated: true })
  })

  it('of the older kind, with a function call, is that call', async () => {
    const legacy = fixture('openai/completion.sse')
      .replace('"content":"Hel"', '"function_call":{"name":"f","arguments":"{\\"a\\""}')
      .replace('"content":"lo"', '"function_call":{"arguments":": 1}"}')
      .replace('"content":" 🌍"', '"content":null')
    const functions = [{ name: 'f', parameters: { type: 'object' } }]
    const { request, response } = await openai({ functions, function_call: { name: 'f' } }, 'x', legacy)
    expect(request.body).toMatchObject({ functions, function_call: { name: 'f' } })
    expect(response.output).toEqual({ name: 'f', arguments: '{"a": 1}' })
  })

  it('in a form that is news to the AI SDK is read all the same', async () => {
    const news = fixture('openai/completion.sse').replace(
      '"refusal":null}',
      '"refusal":null,"annotations":7}',
    )
    const { response } = await openai({}, 'x', news)
    expect(response.output).toBe('Hello 🌍')
  })
})

describe('a chat completion that is not streamed', () => {
  it('is asked for and read whole, with what the cache held apart', async () => {
    const { request, response } = await openai(
      { stream: false, omitDefaults: true },
      'Hello!',
      fixture('openai/completion.json'),
      { 'openai-processing-ms': '187' },
    )
    expect(request.body).toEqual({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello!' }] })
    expect(response).toMatchObject({
      output: 'Hello! How can I assist you today?',
      finishReason: 'stop',
      tokenUsage: { total: 2058, prompt: 2048, completion: 10 },
      metadata: {
        responseId: 'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
        usage: { input: 128, output: 10, cacheRead: 1920 },
        timing: { serverMs: 187 },
      },
    })
    expect(response.metadata?.['timing']).not.toHaveProperty('ttftMs')
  })

  it('has no tokens of the reply priced twice: thoughts are part of the output', async () => {
    const { response } = await openai({}, 'x', fixture('openai/completion.sse'))
    expect(response.metadata?.['usage']).toEqual({ input: 19, output: 74 })
  })

  it('is billed by the tier that it was served by', async () => {
    const flex = fixture('openai/completion.json').replace('"default"', '"flex"')
    const { request, response } = await openai({ stream: false, service_tier: 'flex' }, 'x', flex)
    expect(request.body['service_tier']).toBe('flex')
    expect(response.metadata?.['billing']).toEqual({ vendor: 'openai', model: 'gpt-4o', tier: 'flex' })
  })
})
