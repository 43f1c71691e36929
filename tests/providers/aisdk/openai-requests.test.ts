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

describe('what the config says of the request', () => {
  it('goes onto the wire in promptfoo’s spellings as in ours', async () => {
    const ours = {
      maxTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      stopSequences: ['x'],
      presencePenalty: 1,
      seed: 3,
    }
    const theirs = { max_tokens: 5, temperature: 0.5, top_p: 0.9, stop: ['x'], presence_penalty: 1, seed: 3 }
    const bodies = []
    for (const config of [ours, theirs])
      bodies.push((await openai(config, 'x', fixture('openai/completion.sse'))).request.body)
    expect(bodies[0]).toEqual(bodies[1])
    expect(bodies[0]).toMatchObject(theirs)
  })

  it('offers tools in OpenAI’s words as they are, and translates those of others', async () => {
    const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    const native = { type: 'function', function: { name: 'a', parameters: schema, strict: true } }
    const tools = [
      native,
      { name: 'b', description: 'B', input_schema: schema },
      {
        functionDeclarations: [
          { name: 'c', parameters: { type: 'OBJECT', properties: { x: { type: 'STRING' } } } },
        ],
      },
      { toolSpec: { name: 'd', inputSchema: { json: schema } } },
      { name: 'e', inputSchema: schema },
    ]
    const { request } = await openai({ tools, toolChoice: 'any' }, 'x', fixture('openai/completion.sse'))
    const offered = request.body['tools'] as { function: { name: string } }[]
    expect(offered.map((tool) => tool.function.name)).toEqual(['b', 'c', 'd', 'e', 'a'])
    expect(offered.at(-1)).toEqual(native)
    expect(offered[1]).toEqual({
      type: 'function',
      function: { name: 'c', parameters: { type: 'object', properties: { x: { type: 'string' } } } },
    })
    expect(request.body['tool_choice']).toBe('required')
  })

  it('asks for JSON by a schema, and gives the value that the reply is', async () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: false }
    const json = fixture('openai/completion.sse')
      .replace('"Hel"', '"{\\"a\\""')
      .replace('"lo"', '": 1}"')
      .replace('" 🌍"', '""')
    const ours = await openai({ outputSchema: schema }, 'x', json)
    expect(ours.request.body['response_format']).toMatchObject({
      type: 'json_schema',
      json_schema: { schema },
    })
    expect(ours.response.output).toEqual({ a: 1 })
    const format = { type: 'json_schema', json_schema: { name: 'n', strict: true, schema } }
    const theirs = await openai({ response_format: format }, 'x', json)
    expect(theirs.request.body['response_format']).toEqual(format)
    expect(theirs.response.output).toEqual({ a: 1 })
    const plain = await openai({ response_format: { type: 'json_object' } }, 'x', json)
    expect(plain.response.output).toBe('{"a": 1}')
    const broken = await openai({ response_format: format }, 'x', fixture('openai/completion.sse'))
    expect(broken.response.output).toBe('Hello 🌍')
  })

  it('asks reasoning models for what they take', async () => {
    const o4 = (config: object) =>
      ask(server, 'openai:o4-mini', config, 'x', { body: fixture('openai/completion.sse') })
    const bare = await o4({ reasoning_effort: 'low' })
    expect(bare.request.body).toEqual({
      model: 'o4-mini',
      messages: [{ role: 'user', content: 'x' }],
      reasoning_effort: 'low',
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(bare.response.metadata).not.toHaveProperty('warnings')
    const told = await o4({ max_tokens: 10, temperature: 0.5, max_completion_tokens: 99 })
    expect(told.request.body).toMatchObject({ max_completion_tokens: 99 })
    expect(told.request.body).not.toHaveProperty('max_tokens')
    expect(told.request.body).not.toHaveProperty('temperature')
    expect(told.response.metadata?.['warnings']).toEqual([
      expect.stringContaining('`max_tokens` is not sent to o4-mini') as string,
      'temperature: temperature is not supported for reasoning models',
    ])
    const neutral = await o4({ maxTokens: 12, reasoning: 'high' })
    expect(neutral.request.body).toMatchObject({ max_completion_tokens: 12, reasoning_effort: 'high' })
    const env = { OPENAI_MAX_COMPLETION_TOKENS: '55' }
    const script = { body: fixture('openai/completion.sse') }
    const byEnv = await ask(server, 'openai:o4-mini', {}, 'x', script, { env })
    expect(byEnv.request.body['max_completion_tokens']).toBe(55)
    const said = await ask(server, 'openai:o4-mini', { maxTokens: 12 }, 'x', script, { env })
    expect(said.request.body['max_completion_tokens']).toBe(12)
  })

  it('asks models that were tuned from them for the same', async () => {
    const script = { body: fixture('openai/completion.sse') }
    const { request } = await ask(server, 'openai:ft:gpt-5-mini:org::x', { maxTokens: 12 }, 'x', script)
    expect(request.body).toMatchObject({ model: 'ft:gpt-5-mini:org::x', max_completion_tokens: 12 })
    expect(request.body).not.toHaveProperty('max_tokens')
  })

  it('and the environment, as for promptfoo', async () => {
    const { request } = await ask(
      server,
      GPT,
      {},
      'x',
      { body: fixture('openai/completion.sse') },
      {
        env: {
          OPENAI_TEMPERATURE: '0.3',
          OPENAI_MAX_TOKENS: '77',
          OPENAI_API_KEY: 'sk-env',
          OPENAI_ORGANIZATION: 'org-1',
        },
      },
    )
    expect(request.body).toMatchObject({ temperature: 0.3, max_tokens: 77 })
    expect(request.headers).toMatchObject({ authorization: 'Bearer sk-env', 'openai-organization': 'org-1' })
  })

  it('tells the AI SDK what is meant for it, and tells what it could not say', async () => {
    const schema = { type: 'object', properties: {} }
    const config = { outputSchema: schema, topK: 5, providerOptions: { strictJsonSchema: false } }
    const { request, response } = await openai(config, 'x', fixture('openai/completion.sse'))
    expect(request.body['response_format']).toMatchObject({ json_schema: { strict: false } })
    expect(response.metadata?.['warnings']).toEqual(['topK: not supported'])
  })

  it('lets further fields and headers pass', async () => {
    const { request } = await openai(
      { passthrough: { logit_bias: { 50256: -100 } }, verbosity: 'low', headers: { 'x-team': 'a' } },
      'x',
      fixture('openai/completion.sse'),
    )
    expect(request.body).toMatchObject({ logit_bias: { 50256: -100 }, verbosity: 'low' })
    expect(request.headers['x-team']).toBe('a')
  })

  it('is overruled, key by key, by the prompt’s own, however either is spelled', async () => {
    const context = { prompt: { raw: '', label: '', config: { max_tokens: 7, num_predict: 9 } }, vars: {} }
    const { request, response } = await ask(
      server,
      GPT,
      { maxTokens: 500, temperature: 0.5 },
      'x',
      { body: fixture('openai/completion.sse') },
      { context },
    )
    expect(request.body).toMatchObject({ max_tokens: 7, temperature: 0.5 })
    expect(response.metadata?.['warnings']).toEqual([
      "the prompt's config says `num_predict`, which is no key of openai: not sent",
    ])
  })
})
