import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './ask.ts'
import type { VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

const SONNET = 'claude-sonnet-4-5-20250929'
const claude = (config: object, prompt: string, body: string, model = SONNET) =>
  ask(server, `anthropic:messages:${model}`, config, prompt, { body })

describe('a streamed message of Anthropic’s', () => {
  it('is asked for as promptfoo asks', async () => {
    const { request } = await claude({ apiKey: 'sk-ant' }, 'Hello', fixture('anthropic/message.sse'))
    expect(request.path).toBe('/v1/messages')
    expect(request.headers).toMatchObject({ 'x-api-key': 'sk-ant', 'anthropic-version': '2023-06-01' })
    expect(request.body).toEqual({
      model: SONNET,
      max_tokens: 1024,
      temperature: 0,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
      stream: true,
    })
  })

  it('is counted by the last count there was', async () => {
    const last = 'event: message_stop'
    const uncounted = 'event: message_delta\ndata: {"type":"message_delta","delta":{},"usage":{}}\n\n'
    const body = fixture('anthropic/message.sse').replace(last, `${uncounted}${last}`)
    const { response } = await claude({}, 'Hello', body)
    expect(response.tokenUsage).toMatchObject({ prompt: 25, completion: 15 })
    expect(response.metadata?.['usage']).not.toHaveProperty('estimated')
  })

  it('is read whole', async () => {
    const { response } = await claude({}, 'Hello', fixture('anthropic/message.sse'))
    expect(response).toMatchObject({
      output: 'Hello!',
      finishReason: 'stop',
      tokenUsage: { total: 40, prompt: 25, completion: 15, numRequests: 1 },
      cost: (25 * 3 + 15 * 15) / 1e6,
      metadata: {
        stopReason: 'end_turn',
        responseId: 'msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY',
        servedModel: SONNET,
        usage: { input: 25, output: 15 },
        rawUsage: { input_tokens: 25, output_tokens: 15, service_tier: 'standard' },
        billing: { vendor: 'anthropic', model: SONNET },
        timing: { ttftMs: expect.any(Number) as number },
      },
    })
    expect(response.metadata).not.toHaveProperty('warnings')
  })

  it('says the same however its bytes are cut', async () => {
    const { response } = await ask(server, `anthropic:${SONNET}`, {}, 'x', {
      body: fixture('anthropic/message.sse'),
      pieces: 53,
    })
    expect(response.output).toBe('Hello!')
  })

  it('with a tool call is its text and the JSON of the call, as promptfoo gives it', async () => {
    const { response } = await claude({}, 'Weather?', fixture('anthropic/tool-use.sse'))
    expect(response).toMatchObject({
      output:
        'Okay, let us check the weather:\n\n{"type":"tool_use","id":"toolu_01T1x1fJ34qAmk2tNTrN7Up6","name":"get_weather","input":{"location":"San Francisco, CA"}}',
      finishReason: 'tool_calls',
    })
  })

  it('with a tool call of broken JSON keeps what the model wrote', async () => {
    const broken = fixture('anthropic/tool-use.sse').replace('CA\\"}', 'CA')
    const { response } = await claude({}, 'Weather?', broken)
    expect(response.error).toBeUndefined()
    expect(response.output).toContain('"input":"{\\"location\\": \\"San Francisco, CA"')
  })

  it('with thoughts shows them before what was said, unless that is not wanted', async () => {
    const thinking = { type: 'enabled', budget_tokens: 2000 }
    const shown = await claude({ thinking }, '27 * 453?', fixture('anthropic/thinking.sse'))
    expect(shown.response.output).toBe(
      'Thinking: 27 * 453 = 12,231\nSignature: EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds\n\n12,231',
    )
    const hidden = await claude({ thinking, showThinking: false }, 'x', fixture('anthropic/thinking.sse'))
    expect(hidden.response.output).toBe('12,231')
    expect(hidden.request.body).toMatchObject({ thinking, max_tokens: 2048 })
    expect(hidden.request.body).not.toHaveProperty('temperature')
    expect(hidden.response.metadata).not.toHaveProperty('warnings')
  })

  it('that is a refusal says so, and why', async () => {
    const { response } = await claude({}, 'x', fixture('anthropic/refusal.sse'))
    expect(response).toMatchObject({
      output: '',
      isRefusal: true,
      finishReason: 'content_filter',
      guardrails: {
        flagged: true,
        reason:
          'Content refused by Anthropic safety filters — category: cyber — explanation: It asks for an exploit.',
      },
    })
  })

  it('without usage gets an estimate that says so', async () => {
    const bare = fixture('anthropic/message.sse').replace('"usage":{"output_tokens":15}', '"usage":{}')
    const { response } = await claude({}, 'Hello', bare)
    expect(response).toMatchObject({ output: 'Hello!', finishReason: 'stop' })
    expect(response.metadata?.['usage']).toEqual({ input: 1, output: 2, estimated: true })
  })
})

describe('a message of Anthropic’s that is not streamed', () => {
  it('is read whole, with the cache’s tokens by how long they are kept', async () => {
    const { request, response } = await claude({ stream: false }, 'Hello', fixture('anthropic/message.json'))
    expect(request.body).not.toHaveProperty('stream')
    expect(response).toMatchObject({
      output: 'Hello!',
      tokenUsage: {
        prompt: 21 + 1500 + 188086,
        completion: 12,
        completionDetails: { cacheReadInputTokens: 188086, cacheCreationInputTokens: 1500 },
      },
      metadata: { usage: { input: 21, output: 12, cacheRead: 188086, cacheWrite: 1500, cacheWrite1h: 1000 } },
    })
    const [read, fiveMinutes, hour] = [188086 * 0.3, 500 * 3.75, 1000 * 6]
    expect(response.cost).toBeCloseTo((21 * 3 + 12 * 15 + read + fiveMinutes + hour) / 1e6, 12)
  })
})
