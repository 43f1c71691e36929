import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './ask.ts'
import type { VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

const QWEN = { vendor: 'openai-compatible', model: 'Qwen/Qwen3-8B' }
const VLLM = fixture('openai/vllm-reasoning.sse')

describe('a server that speaks like OpenAI’s', () => {
  it('is asked at its address without a key, and for nothing that nobody wrote', async () => {
    const baseUrl = `${server.url}/serving/v1/`
    const { request } = await ask(server, 'file://aisdk.ts', { ...QWEN, baseUrl }, 'Hi', { body: VLLM })
    expect(request.path).toBe('/serving/v1/chat/completions')
    expect(request.headers).not.toHaveProperty('authorization')
    expect(request.body).toEqual({
      model: 'Qwen/Qwen3-8B',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  it('is read whole, thoughts included; the first of them is the first output', async () => {
    const { response } = await ask(server, 'file://aisdk.ts', QWEN, 'Hi', { body: VLLM })
    expect(response).toMatchObject({
      output: 'Thinking: The user greets.\n\nHi!',
      finishReason: 'stop',
      tokenUsage: { total: 40, prompt: 12, completion: 28 },
      metadata: {
        usage: { input: 12, output: 28 },
        reasoning: 'The user greets.',
        billing: { vendor: 'openai-compatible', model: 'Qwen/Qwen3-8B' },
        timing: { ttftMs: expect.any(Number) as number },
      },
    })
    expect(response).not.toHaveProperty('cost')
    const hidden = await ask(server, 'file://aisdk.ts', { ...QWEN, showThinking: false }, 'Hi', {
      body: VLLM,
    })
    expect(hidden.response.output).toBe('Hi!')
  })

  it('has a price where it is said as what it is billed', async () => {
    const config = { ...QWEN, billing: 'openai/gpt-4o' }
    const { response } = await ask(server, 'file://aisdk.ts', config, 'Hi', { body: VLLM })
    expect(response.cost).toBe((12 * 2.5 + 28 * 10) / 1e6)
    expect(response.metadata?.['billing']).toEqual({ vendor: 'openai', model: 'gpt-4o' })
  })

  it('takes OpenAI’s words for what it is asked', async () => {
    const config = {
      ...QWEN,
      apiKeyEnvar: 'MY_KEY',
      max_tokens: 9,
      reasoning_effort: 'low',
      response_format: { type: 'json_object' },
      passthrough: { top_k: 20, chat_template_kwargs: { enable_thinking: false } },
    }
    const { request } = await ask(
      server,
      'file://aisdk.ts',
      config,
      'Hi',
      { body: VLLM },
      { env: { MY_KEY: 'k' } },
    )
    expect(request.headers.authorization).toBe('Bearer k')
    expect(request.body).toMatchObject({
      max_tokens: 9,
      reasoning_effort: 'low',
      response_format: { type: 'json_object' },
      top_k: 20,
      chat_template_kwargs: { enable_thinking: false },
    })
  })

  it('is read where thoughts come under OpenAI’s id, too', async () => {
    const { response } = await ask(server, 'openai:chat:Qwen/Qwen3-8B', {}, 'Hi', { body: VLLM })
    expect(response.output).toBe('Thinking: The user greets.\n\nHi!')
  })
})

describe('Ollama', () => {
  it('is asked at its OpenAI-compatible address, in its own words', async () => {
    const config = {
      baseUrl: undefined,
      num_predict: 50,
      temperature: 0.5,
      stop: ['x'],
      seed: 4,
      think: false,
      format: 'json',
    }
    const env = { OLLAMA_BASE_URL: server.url }
    const { request, response } = await ask(
      server,
      'ollama:chat:llama3.2:3b',
      config,
      'Hi',
      { body: VLLM },
      { env },
    )
    expect(request.path).toBe('/v1/chat/completions')
    expect(request.body).toEqual({
      model: 'llama3.2:3b',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 50,
      temperature: 0.5,
      stop: ['x'],
      seed: 4,
      reasoning_effort: 'none',
      response_format: { type: 'json_object' },
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(response.metadata?.['billing']).toEqual({ vendor: 'ollama', model: 'llama3.2:3b' })
    expect(response).not.toHaveProperty('cost')
  })
})
