import { describe, expect, it } from 'vitest'
import { MODEL, ask, bedrock } from './asked.ts'
import { replay, type WireServer } from './wire-server.ts'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const WEATHER = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }

/** The body of the one request that was made. */
async function bodyOf(
  config: Record<string, unknown>,
  prompt?: string,
  recording = 'converse-stream',
): Promise<Record<string, unknown>> {
  await using server = await replay(recording)
  const { error } = await ask(server, config, prompt)
  expect(error).toBeUndefined()
  expect(server.bodies).toHaveLength(1)
  return server.bodies[0] ?? {}
}

function user(...content: unknown[]): string {
  return JSON.stringify([{ role: 'user', content }])
}

describe('a request', () => {
  it.each([
    ['converse-stream', 'converse-stream', 'converse-stream'],
    ['converse', 'converse', 'converse'],
    ['invoke', 'invoke', 'invoke'],
    ['invoke-stream', 'invoke-stream', 'invoke-with-response-stream'],
  ])(
    'of %s goes to its path, with the colon of the model encoded, signed for Bedrock',
    async (api, recording, path) => {
      await using server = await replay(recording)
      await ask(server, { api })
      const [{ method, path: asked, headers } = {} as WireServer['requests'][number]] = server.requests
      expect([method, asked]).toEqual([
        'POST',
        `/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/${path}`,
      ])
      expect(headers['content-type']).toBe('application/json')
      expect(headers['authorization']).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/us-east-1\/bedrock\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/,
      )
      expect(headers['user-agent']).toMatch(/^aws-sdk-js\/3\.\d+\.\d+ /)
    },
  )

  it('of an ARN has it in its path, encoded whole', async () => {
    await using server = await replay('converse-stream')
    await ask(server, {
      model: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
    })
    expect(server.requests[0]?.path).toBe(
      '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fabc123/converse-stream',
    )
  })

  it('is the prompt and nothing else where the config asks for nothing', async () => {
    const messages = [{ role: 'user', content: [{ text: 'Is "I love it" positive?' }] }]
    expect(await bodyOf({})).toEqual({ messages })
  })

  it('says all that Converse can be told', async () => {
    const body = await bodyOf({
      system: 'You classify.',
      maxTokens: 64,
      temperature: 0.2,
      topP: 0.9,
      topK: 40,
      stopSequences: ['END'],
      tools: [
        { type: 'function', function: { name: 'weather', description: 'Of a city', parameters: WEATHER } },
      ],
      toolChoice: 'required',
      outputSchema: { type: 'object' },
      guardrail: { id: 'gr1abc', version: 3, trace: true, streamMode: 'async' },
      serviceTier: 'flex',
      latency: 'optimized',
      requestMetadata: { team: 'evals' },
      additionalModelRequestFields: { anthropic_beta: ['x'] },
      additionalModelResponseFieldPaths: ['/stop_sequence'],
    })
    expect(body).toEqual({
      system: [{ text: 'You classify.' }],
      messages: [{ role: 'user', content: [{ text: 'Is "I love it" positive?' }] }],
      inferenceConfig: { maxTokens: 64, temperature: 0.2, topP: 0.9, stopSequences: ['END'] },
      toolConfig: {
        tools: [{ toolSpec: { name: 'weather', description: 'Of a city', inputSchema: { json: WEATHER } } }],
        toolChoice: { any: {} },
      },
      outputConfig: {
        textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{"type":"object"}' } } },
      },
      guardrailConfig: {
        guardrailIdentifier: 'gr1abc',
        guardrailVersion: '3',
        trace: 'enabled',
        streamProcessingMode: 'async',
      },
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
      requestMetadata: { team: 'evals' },
      additionalModelRequestFields: { anthropic_beta: ['x'], top_k: 40 },
      additionalModelResponseFieldPaths: ['/stop_sequence'],
    })
  })

  it.each([
    ['Anthropic’s', { name: 'weather', description: 'Of a city', input_schema: WEATHER }],
    [
      'Bedrock’s',
      { toolSpec: { name: 'weather', description: 'Of a city', inputSchema: { json: WEATHER } } },
    ],
    [
      'OpenAI’s',
      { type: 'function', function: { name: 'weather', description: 'Of a city', parameters: WEATHER } },
    ],
  ])('has tools in %s words all alike', async (_whose, tool) => {
    expect(await bodyOf({ tools: [tool], tool_choice: { type: 'tool', name: 'weather' } })).toMatchObject({
      toolConfig: {
        tools: [{ toolSpec: { name: 'weather', description: 'Of a city', inputSchema: { json: WEATHER } } }],
        toolChoice: { tool: { name: 'weather' } },
      },
    })
  })

  it('has no tools where none may be used: Converse has no word for that', async () => {
    expect(await bodyOf({ tools: [{ name: 'weather' }], toolChoice: 'none' })).not.toHaveProperty(
      'toolConfig',
    )
  })

  it('has them all the same where the chat has a call of one: Converse refuses the one without the other', async () => {
    const chat = JSON.stringify([
      { role: 'user', content: 'Oslo?' },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't1', name: 'weather', input: {} } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'sunny' }] } }] },
    ])
    const { toolConfig } = await bodyOf({ tools: [{ name: 'weather' }], toolChoice: 'none' }, chat)
    expect(toolConfig).toEqual({
      tools: [{ toolSpec: { name: 'weather', inputSchema: { json: { type: 'object', properties: {} } } } }],
    })
  })

  it.each([
    ['converse-stream', 'toolConfig.tools.0.toolSpec.strict'],
    ['invoke', 'tools.0.strict'],
  ])('says by %s that a tool is strict', async (api, path) => {
    const body = await bodyOf({ api, tools: [{ name: 'weather', strict: true }] }, undefined, api)
    expect(body).toHaveProperty(path, true)
  })

  it('is not made where Nova cannot be told what is asked of it', async () => {
    await using server = await replay('invoke-nova')
    const config = { api: 'invoke', model: 'us.amazon.nova-lite-v1:0', outputSchema: { type: 'object' } }
    const { metadata } = await ask(server, config)
    expect(metadata.failure).toEqual({
      kind: 'invalid',
      message: 'Nova takes no output schema and no effort by InvokeModel',
    })
    expect(server.requests).toEqual([])
  })

  it('says by headers what InvokeModel takes so, and the rest in the body of Anthropic’s messages', async () => {
    await using server = await replay('invoke')
    await ask(server, {
      api: 'invoke',
      system: 'You classify.',
      maxTokens: 64,
      temperature: 0.2,
      topK: 40,
      stop: 'END',
      tools: [{ name: 'weather', input_schema: WEATHER }],
      toolChoice: { tool: { name: 'weather' } },
      outputSchema: { type: 'object' },
      cachePoint: { after: ['tools', 'system'], ttl: '1h' },
      guardrail: 'gr1abc:3',
      trace: 'enabled',
      serviceTier: 'priority',
      latency: 'optimized',
      thinking: { type: 'enabled', budget_tokens: 2048 },
    })
    expect(server.bodies[0]).toEqual({
      anthropic_version: 'bedrock-2023-05-31',
      // A thinking budget as large as the reply may be would leave none of it.
      max_tokens: 3072,
      system: [{ type: 'text', text: 'You classify.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Is "I love it" positive?' }] }],
      temperature: 0.2,
      top_k: 40,
      stop_sequences: ['END'],
      tools: [{ name: 'weather', input_schema: WEATHER, cache_control: { type: 'ephemeral', ttl: '1h' } }],
      tool_choice: { type: 'tool', name: 'weather' },
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      thinking: { type: 'enabled', budget_tokens: 2048 },
    })
    expect(server.requests[0]?.headers).toMatchObject({
      'x-amzn-bedrock-guardrailidentifier': 'gr1abc',
      'x-amzn-bedrock-guardrailversion': '3',
      'x-amzn-bedrock-trace': 'ENABLED',
      'x-amzn-bedrock-service-tier': 'priority',
      'x-amzn-bedrock-performanceconfig-latency': 'optimized',
    })
  })

  it('has the body of Nova where Nova is invoked: that of Converse, with bytes as base64', async () => {
    const prompt = user({ text: 'What is it?' }, { image: { format: 'png', source: { bytes: PNG } } })
    const config = {
      api: 'invoke',
      model: 'us.amazon.nova-lite-v1:0',
      system: 'Look.',
      max_tokens: 9,
      topK: 5,
    }
    expect(await bodyOf(config, prompt, 'invoke-nova')).toEqual({
      schemaVersion: 'messages-v1',
      system: [{ text: 'Look.' }],
      messages: [
        {
          role: 'user',
          content: [{ text: 'What is it?' }, { image: { format: 'png', source: { bytes: PNG } } }],
        },
      ],
      inferenceConfig: { maxTokens: 9, topK: 5 },
    })
  })

  it('goes by the prompt’s own config before the provider’s, key by key', async () => {
    await using server = await replay('converse-stream')
    const provider = bedrock(server, { max_tokens: 100, temperature: 0.5 })
    await provider.callApi('x', { vars: {}, prompt: { raw: 'x', label: 'x', config: { maxTokens: 7 } } })
    await provider.callApi('x', { vars: {}, prompt: { raw: 'x', label: 'x' } })
    expect(server.bodies.map(({ inferenceConfig }) => inferenceConfig)).toEqual([
      { maxTokens: 7, temperature: 0.5 },
      { maxTokens: 100, temperature: 0.5 },
    ])
  })

  it('leaves out what the model would refuse, and says so beforehand', async () => {
    await using server = await replay('converse-stream')
    const model = 'us.anthropic.claude-opus-4-7'
    const config = {
      model,
      temperature: 0,
      topP: 1,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      maxTokens: 9,
    }
    const provider = bedrock(server, config)
    expect(provider.warnings).toEqual([
      'bedrock: `us.anthropic.claude-opus-4-7` does not take temperature, topP, the thinking budget: left out',
    ])
    await provider.callApi('x')
    expect(server.bodies[0]).toMatchObject({
      inferenceConfig: { maxTokens: 9 },
      additionalModelRequestFields: { thinking: { type: 'adaptive' } },
    })
  })

  it.each([
    ['AWS_BEDROCK_MAX_TOKENS', '77', { maxTokens: 77 }],
    ['AWS_BEDROCK_TEMPERATURE', '0.1', { temperature: 0.1 }],
    ['AWS_BEDROCK_TOP_P', '0.4', { topP: 0.4 }],
    ['AWS_BEDROCK_STOP', '["END"]', { stopSequences: ['END'] }],
  ])('is told %s by the environment, as by promptfoo’s', async (name, value, inferenceConfig) => {
    await using server = await replay('converse-stream')
    const env = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'us-east-1', [name]: value }
    await bedrock(server, {}, env).callApi('x')
    expect(server.bodies[0]?.['inferenceConfig']).toEqual(inferenceConfig)
  })
})

describe('cache points', () => {
  const tools = [{ name: 'weather', input_schema: WEATHER }]
  const point = { cachePoint: { type: 'default' } }

  it.each([
    ['the system prompt', { system: 'S', tools }, { system: [{ text: 'S' }, point] }],
    ['the tools, where there is no system prompt', { tools }, { toolConfig: { tools: [{}, point] } }],
    ['the messages, where there is neither', {}, { messages: [{ content: [{}, point] }] }],
  ])('stand after what is the same for every case: %s', async (_where, config, expected) => {
    expect(await bodyOf({ ...config, cachePoint: true })).toMatchObject(expected)
  })

  it('stand where the config says, kept as long as it says', async () => {
    const cachePoint = [
      { after: ['tools', 'system'], ttl: '1h' },
      { after: 'messages', ttl: '5m' },
    ]
    const hour = { cachePoint: { type: 'default', ttl: '1h' } }
    expect(await bodyOf({ system: 'S', tools, cachePoint })).toMatchObject({
      system: [{ text: 'S' }, hour],
      toolConfig: { tools: [{}, hour] },
      messages: [{ content: [{}, { cachePoint: { type: 'default', ttl: '5m' } }] }],
    })
  })

  it('stand where the prompt has them, in Bedrock’s words and in Anthropic’s', async () => {
    const prompt = JSON.stringify([
      {
        role: 'system',
        content: [{ type: 'text', text: 'S', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      },
      { role: 'user', content: [{ text: 'a' }, point, { text: 'b' }] },
    ])
    const { system, messages } = await bodyOf({}, prompt)
    expect(system).toEqual([{ text: 'S' }, { cachePoint: { type: 'default', ttl: '1h' } }])
    expect(messages).toEqual([{ role: 'user', content: [{ text: 'a' }, point, { text: 'b' }] }])
  })

  it('that had no effect are warned of: Bedrock says nothing', async () => {
    await using server = await replay('converse-stream-thinking')
    const { metadata } = await ask(server, { cachePoint: true })
    expect(metadata.warnings).toEqual([
      `cachePoint had no effect: ${MODEL}: a prompt of fewer than 1024 tokens is not cached`,
    ])
    await using cached = await replay('converse-stream')
    expect((await ask(cached, { cachePoint: true })).metadata.warnings).toBeUndefined()
  })
})

describe('what was asked for and not served', () => {
  it('is warned of, and billed as it was served', async () => {
    await using server = await replay('converse')
    const { metadata } = await ask(server, { api: 'converse', latency: 'optimized', serviceTier: 'priority' })
    expect(metadata.warnings).toEqual([
      `latency fell back: ${MODEL} was asked for \`optimized\`, and served as \`standard\``,
      `service tier fell back: ${MODEL} was asked for \`priority\`, and served as \`flex\``,
    ])
    expect(metadata.billing).toEqual({ vendor: 'aws', model: MODEL, tier: 'flex' })
  })
})
