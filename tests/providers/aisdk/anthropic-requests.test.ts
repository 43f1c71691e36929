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

const SCHEMA = { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] }

describe('what the config says of a request to Anthropic', () => {
  it('goes onto the wire in promptfoo’s spellings as in ours', async () => {
    const body = fixture('anthropic/message.sse')
    const ours = { maxTokens: 9, topP: 0.8, topK: 4, stopSequences: ['x'] }
    const theirs = { max_tokens: 9, top_p: 0.8, top_k: 4, stop_sequences: ['x'] }
    const [one, other] = [await claude(ours, 'x', body), await claude(theirs, 'x', body)]
    expect(one.request.body).toEqual(other.request.body)
    expect(one.request.body).toMatchObject(theirs)
    expect(one.request.body).not.toHaveProperty('temperature')
  })

  it('lets what is Anthropic’s own through as it is', async () => {
    const { request } = await claude(
      {
        metadata: { user_id: 'u' },
        service_tier: 'standard_only',
        beta: ['context-1m-2025-08-07'],
        headers: { 'anthropic-beta': 'files-api-2025-04-14' },
        extra_body: { container: 'c' },
        tools: [
          { name: 'get_weather', description: 'W', input_schema: SCHEMA },
          { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
        ],
        tool_choice: { type: 'tool', name: 'get_weather', disable_parallel_tool_use: true },
      },
      'x',
      fixture('anthropic/message.sse'),
    )
    expect(request.body).toMatchObject({
      metadata: { user_id: 'u' },
      service_tier: 'standard_only',
      container: 'c',
      tools: [
        { name: 'get_weather', description: 'W', input_schema: SCHEMA },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
      ],
      tool_choice: { type: 'tool', name: 'get_weather', disable_parallel_tool_use: true },
    })
    expect(request.headers['anthropic-beta']).toBe('files-api-2025-04-14,context-1m-2025-08-07')
  })

  it('translates tools of others', async () => {
    const { request } = await claude(
      { tools: [{ type: 'function', function: { name: 'f', parameters: SCHEMA } }], tool_choice: 'required' },
      'x',
      fixture('anthropic/message.sse'),
    )
    expect(request.body).toMatchObject({
      tools: [{ name: 'f', input_schema: SCHEMA }],
      tool_choice: { type: 'any' },
    })
    expect(JSON.stringify(request.body)).not.toContain('eager_input_streaming')
  })

  it('asks for JSON by a schema, by the API’s own way or, of an older model, by a tool', async () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: false }
    const json = fixture('anthropic/message.sse').replace('"Hello"', '"{\\"a\\":"').replace('"!"', '" 1}"')
    const native = await claude({ outputSchema: schema }, 'x', json)
    expect(native.request.body['output_config']).toEqual({ format: { type: 'json_schema', schema } })
    expect(native.response.output).toEqual({ a: 1 })
    const called = fixture('anthropic/tool-use.sse')
      .replace('"get_weather"', '"json"')
      .replace('{\\"location\\":', '{\\"a\\":')
      .replace(' \\"San Francisco, CA\\"}', ' 1}')
    const byTool = await claude({ outputSchema: schema }, 'x', called, 'claude-sonnet-4-20250514')
    expect(byTool.request.body).toMatchObject({ tools: [{ name: 'json' }], tool_choice: { type: 'any' } })
    expect(byTool.response.output).toEqual({ a: 1 })
    const format = { type: 'json_schema', schema }
    const theirs = await claude({ output_format: format }, 'x', json)
    expect(theirs.request.body['output_config']).toEqual({ format })
    expect(theirs.request.headers['anthropic-beta']).toBe('structured-outputs-2025-11-13')
    expect(theirs.response.output).toEqual({ a: 1 })
  })

  it('marks what is to be cached, with how long, and says when nothing was', async () => {
    const body = fixture('anthropic/message.sse')
    const system = await claude({ system: 'S', cachePoint: '1h' }, 'x', body)
    const marked = (ttl?: string) => ({ cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } })
    expect(system.request.body['system']).toEqual([{ type: 'text', text: 'S', ...marked('1h') }])
    expect(system.response.metadata?.['warnings']).toEqual([
      expect.stringContaining('nothing was cached') as string,
    ])
    const messages = await claude({ cachePoint: true }, 'x', body)
    expect(messages.request.body['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'x', ...marked() }] },
    ])
    const tools = [
      { name: 'a', input_schema: SCHEMA },
      { name: 'b', input_schema: SCHEMA },
    ]
    const everywhere = await claude(
      { system: 'S', tools, cachePoint: { after: ['tools', 'system', 'messages'], ttl: '5m' } },
      'x',
      body,
    )
    expect(everywhere.request.body).toMatchObject({
      tools: [tools[0], { ...tools[1], ...marked('5m') }],
      system: [marked('5m')],
      messages: [{ content: [marked('5m')] }],
    })
    const automatic = await claude({ cache_control: { type: 'ephemeral' } }, 'x', body)
    expect(automatic.request.body['cache_control']).toEqual({ type: 'ephemeral' })
  })

  it('leaves out what a model does not take, and says so if somebody wrote it', async () => {
    const body = fixture('anthropic/message.sse')
    const bare = await claude({}, 'x', body, 'claude-opus-4-8')
    expect(bare.request.body).not.toHaveProperty('temperature')
    expect(bare.response.metadata).not.toHaveProperty('warnings')
    const told = await claude({ temperature: 0.5 }, 'x', body, 'claude-opus-4-8')
    expect(told.response.metadata?.['warnings']).toEqual([expect.stringContaining('temperature') as string])
  })

  it('leaves room for thoughts that the AI SDK sets a budget for', async () => {
    const { request } = await claude(
      { reasoning: 'low', maxTokens: 100 },
      'x',
      fixture('anthropic/thinking.sse'),
    )
    const { thinking, max_tokens } = request.body as {
      thinking: { budget_tokens: number }
      max_tokens: number
    }
    expect(thinking.budget_tokens).toBeGreaterThan(0)
    expect(max_tokens).toBe(100 + thinking.budget_tokens)
  })

  it('raises a limit that thinking would use up, as promptfoo does', async () => {
    const thinking = { type: 'enabled', budget_tokens: 4000 }
    const { request } = await claude({ thinking, max_tokens: 1000 }, 'x', fixture('anthropic/thinking.sse'))
    expect(request.body['max_tokens']).toBe(5024)
  })
})
