import type {
  BedrockRuntimeClient,
  ContentBlock,
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamOutput,
  Message,
} from '@aws-sdk/client-bedrock-runtime'
import {
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { ASKS_WEATHER, bedrockClient, PROMPT, WEATHER } from './clients.ts'

const NOVA = 'amazon.nova-lite-v1:0'
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
const LONG = `Answer in one sentence.\n\n${'The train to Porto leaves at nine. '.repeat(700)}`

let server: SimulatedServer
let client: BedrockRuntimeClient
beforeAll(async () => {
  server = await startSimulatedServer({ seed: 3 })
  client = bedrockClient(server.url)
})
afterAll(async () => {
  client.destroy()
  await server.close()
})

function user(...content: ContentBlock[]): Message {
  return { role: 'user', content }
}

function converse(input: Partial<ConverseCommandInput>): Promise<ConverseCommandOutput> {
  return client.send(new ConverseCommand({ modelId: NOVA, messages: [user({ text: PROMPT })], ...input }))
}

async function stream(input: Partial<ConverseCommandInput>): Promise<ConverseStreamOutput[]> {
  const command = new ConverseStreamCommand({ modelId: NOVA, messages: [user({ text: PROMPT })], ...input })
  return Array.fromAsync((await client.send(command)).stream ?? [])
}

function textIn(events: readonly ConverseStreamOutput[]): string {
  return events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join('')
}

const toolConfig = {
  tools: [
    {
      toolSpec: {
        name: WEATHER.name,
        description: WEATHER.description,
        inputSchema: { json: WEATHER.schema },
      },
    },
  ],
} as unknown as NonNullable<ConverseCommandInput['toolConfig']>

describe('Converse', () => {
  it('answers with text, usage, metrics and a request id', async () => {
    const reply = await converse({})
    expect(reply.output?.message).toEqual({ role: 'assistant', content: [{ text: 'positive' }] })
    expect(reply).toMatchObject({
      stopReason: 'end_turn',
      usage: { outputTokens: 1, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
    })
    const { inputTokens = 0, totalTokens } = reply.usage ?? {}
    expect(inputTokens).toBeGreaterThan(20)
    expect(totalTokens).toBe(inputTokens + 1)
    expect(Number.isInteger(reply.metrics?.latencyMs)).toBe(true)
    expect(reply.$metadata.requestId).toMatch(/^[\da-f]{8}-/)
  })

  it('takes a bearer token in the place of a signature', async () => {
    const bearer = bedrockClient(server.url, 'a-token')
    const reply = await bearer.send(
      new ConverseCommand({ modelId: NOVA, messages: [user({ text: PROMPT })] }),
    )
    expect(reply.stopReason).toBe('end_turn')
    bearer.destroy()
  })

  it('ends at the longest reply that is allowed, and before a stop sequence', async () => {
    const text = 'Text: one two three four five six seven eight'
    const short = await converse({ messages: [user({ text })], inferenceConfig: { maxTokens: 3 } })
    expect(short).toMatchObject({
      stopReason: 'max_tokens',
      usage: { outputTokens: 3 },
      output: { message: { content: [{ text: 'one two three' }] } },
    })
    const stopped = await converse({
      messages: [user({ text })],
      inferenceConfig: { stopSequences: ['nine', ' four', ' six'] },
    })
    expect(stopped).toMatchObject({
      stopReason: 'stop_sequence',
      output: { message: { content: [{ text: 'one two three' }] } },
    })
  })

  it('heeds a system prompt, and turns that were before', async () => {
    const shown = (text: string, label: string): Message[] => [
      user({ text }),
      { role: 'assistant', content: [{ text: label }] },
    ]
    const reply = await converse({
      system: [{ text: 'Answer with one of: spam, ham. Answer with the label only.' }],
      messages: [
        ...shown('Win a prize now', 'spam'),
        ...shown('Lunch at noon?', 'ham'),
        ...shown('Win money now', 'spam'),
        user({ text: 'Win a car now' }),
      ],
      inferenceConfig: { temperature: 0 },
    })
    expect(reply.output?.message?.content).toEqual([{ text: 'spam' }])
  })

  it('calls a tool, and speaks of what the tool answered', async () => {
    const asked = await converse({ messages: [user({ text: ASKS_WEATHER })], toolConfig })
    expect(asked.stopReason).toBe('tool_use')
    const [call] = asked.output?.message?.content ?? []
    expect(call?.toolUse).toMatchObject({ name: 'get_weather', input: { city: 'Lisbon' } })
    const toolUseId = call?.toolUse?.toolUseId ?? ''
    const told = await converse({
      messages: [
        user({ text: ASKS_WEATHER }),
        { role: 'assistant', content: [call as ContentBlock] },
        user({
          toolResult: { toolUseId, content: [{ text: 'The weather in Lisbon is sunny, 24 degrees.' }] },
        }),
      ],
      toolConfig,
    })
    expect(told.stopReason).toBe('end_turn')
    expect(told.output?.message?.content?.[0]?.text).toContain('sunny')
  })

  it('calls a tool that does not fit only where it must', async () => {
    const messages = [user({ text: 'Tell me about the sea.' })]
    expect((await converse({ messages, toolConfig })).stopReason).toBe('end_turn')
    const any = await converse({ messages, toolConfig: { ...toolConfig, toolChoice: { any: {} } } })
    expect(any.stopReason).toBe('tool_use')
  })

  it('gives JSON by the schema that is asked for', async () => {
    const schema = { type: 'object', properties: { sentiment: { enum: ['positive', 'negative'] } } }
    const reply = await converse({
      modelId: CLAUDE,
      messages: [user({ text: 'What is the sentiment?\n\nText: I love it, thank you' })],
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { schema: JSON.stringify(schema), name: 'sentiment' } },
        },
      },
    })
    const [block] = reply.output?.message?.content ?? []
    expect(JSON.parse(block?.text ?? '')).toEqual({ sentiment: 'positive' })
  })

  it('writes a long prompt to its cache and reads it from there, by its time to live', async () => {
    const system = [{ text: LONG }, { cachePoint: { type: 'default' as const, ttl: '1h' as const } }]
    const first = await converse({ modelId: CLAUDE, system })
    const { usage } = first
    expect(usage?.cacheReadInputTokens).toBe(0)
    expect(usage?.cacheWriteInputTokens).toBeGreaterThan(1024)
    expect(usage?.cacheDetails).toEqual([{ ttl: '1h', inputTokens: usage?.cacheWriteInputTokens }])
    const second = await converse({ modelId: CLAUDE, system })
    expect(second.usage).toMatchObject({
      inputTokens: usage?.inputTokens,
      cacheReadInputTokens: usage?.cacheWriteInputTokens,
      cacheWriteInputTokens: 0,
    })
    expect(second.usage?.cacheDetails).toBeUndefined()
  })

  it('caches nothing below the least that a model caches', async () => {
    const reply = await converse({
      modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      system: [{ text: LONG.slice(0, 12_000) }, { cachePoint: { type: 'default' } }],
    })
    expect(reply.usage).toMatchObject({ cacheReadInputTokens: 0, cacheWriteInputTokens: 0 })
  })

  it('repeats service tier and latency, and the trace of a guardrail', async () => {
    const reply = await converse({
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
      guardrailConfig: { guardrailIdentifier: 'gr1', guardrailVersion: '1', trace: 'enabled' },
    })
    expect(reply).toMatchObject({
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
      trace: { guardrail: { inputAssessment: { gr1: {} } } },
    })
  })
})

describe('ConverseStream', () => {
  it('tells start, pieces, stop, and in the end usage and metrics', async () => {
    const events = await stream({
      messages: [user({ text: 'Text: one two three four five six seven eight' })],
    })
    const kinds = events.map((event) => Object.keys(event)[0])
    expect(kinds[0]).toBe('messageStart')
    expect(kinds.slice(-3)).toEqual(['contentBlockStop', 'messageStop', 'metadata'])
    expect(kinds.filter((kind) => kind === 'contentBlockDelta').length).toBeGreaterThan(2)
    expect(textIn(events)).toBe('one two three four five six seven eight')
    const { metadata } = events.at(-1) ?? {}
    expect(metadata?.usage).toMatchObject({ outputTokens: 8, cacheReadInputTokens: 0 })
    expect(metadata?.metrics?.latencyMs).toBeGreaterThanOrEqual(0)
  })

  it('says what Converse says to the same', async () => {
    const input = { messages: [user({ text: PROMPT })], inferenceConfig: { temperature: 0 } }
    const { output } = await converse(input)
    expect(textIn(await stream(input))).toBe(output?.message?.content?.[0]?.text)
  })

  it('streams the call of a tool: its name, then its arguments in pieces', async () => {
    const events = await stream({ messages: [user({ text: ASKS_WEATHER })], toolConfig })
    const start = events.find(({ contentBlockStart }) => contentBlockStart !== undefined)
    expect(start?.contentBlockStart?.start?.toolUse?.name).toBe('get_weather')
    const json = events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.toolUse?.input ?? '')
    expect(JSON.parse(json.join(''))).toEqual({ city: 'Lisbon' })
    expect(events.at(-2)?.messageStop?.stopReason).toBe('tool_use')
  })
})

describe('InvokeModel', () => {
  const body = {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 50,
    messages: [{ role: 'user', content: PROMPT }],
  }

  async function invoke(given: object, modelId = CLAUDE): Promise<Record<string, unknown>> {
    const { body } = await client.send(new InvokeModelCommand({ modelId, body: JSON.stringify(given) }))
    return JSON.parse(body.transformToString()) as Record<string, unknown>
  }

  async function invokeStream(given: object, modelId = CLAUDE): Promise<Record<string, unknown>[]> {
    const command = new InvokeModelWithResponseStreamCommand({ modelId, body: JSON.stringify(given) })
    const chunks = await Array.fromAsync((await client.send(command)).body ?? [])
    return chunks.map(
      ({ chunk }) => JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()) as Record<string, unknown>,
    )
  }

  it("answers Claude's messages, and counts in the headers too", async () => {
    const headers: Record<string, string>[] = []
    const counting = bedrockClient(server.url)
    counting.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args)
        headers.push((result.response as { headers: Record<string, string> }).headers)
        return result
      },
      { step: 'deserialize' },
    )
    const { body: bytes } = await counting.send(
      new InvokeModelCommand({ modelId: CLAUDE, body: JSON.stringify(body) }),
    )
    counting.destroy()
    const reply = JSON.parse(bytes.transformToString()) as { usage: { input_tokens: number } }
    expect(reply).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-5-20250929',
      content: [{ type: 'text', text: 'positive' }],
      stop_reason: 'end_turn',
      usage: { output_tokens: 1, cache_read_input_tokens: 0 },
    })
    expect(headers[0]).toMatchObject({
      'x-amzn-bedrock-input-token-count': String(reply.usage.input_tokens),
      'x-amzn-bedrock-output-token-count': '1',
      'x-amzn-bedrock-cache-read-input-token-count': '0',
      'x-amzn-bedrock-invocation-latency': expect.stringMatching(/^\d+$/) as string,
    })
  })

  it('streams them, with what the call took in the last chunk', async () => {
    const events = await invokeStream(body)
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
    expect(events.at(-1)?.['amazon-bedrock-invocationMetrics']).toMatchObject({ outputTokenCount: 1 })
    expect(events.slice(0, -1).some((event) => 'amazon-bedrock-invocationMetrics' in event)).toBe(false)
  })

  it('calls a tool of Claude’s', async () => {
    const tools = [{ name: WEATHER.name, description: WEATHER.description, input_schema: WEATHER.schema }]
    const reply = await invoke({ ...body, tools, messages: [{ role: 'user', content: ASKS_WEATHER }] })
    expect(reply).toMatchObject({
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', name: 'get_weather', input: { city: 'Lisbon' } }],
    })
  })

  it("answers Nova's own body, whole and streamed", async () => {
    const nova = {
      schemaVersion: 'messages-v1',
      messages: [{ role: 'user', content: [{ text: PROMPT }] }],
      inferenceConfig: { max_new_tokens: 20 },
    }
    expect(await invoke(nova, NOVA)).toMatchObject({
      output: { message: { role: 'assistant', content: [{ text: 'positive' }] } },
      stopReason: 'end_turn',
      usage: { outputTokens: 1, cacheReadInputTokenCount: 0 },
    })
    const chunks = await invokeStream(nova, NOVA)
    expect(chunks.map((chunk) => Object.keys(chunk)[0])).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ])
    expect(chunks.at(-1)?.['amazon-bedrock-invocationMetrics']).toMatchObject({ outputTokenCount: 1 })
  })

  it.each([
    ['no version', { max_tokens: 5, messages: body.messages }, 'anthropic_version'],
    ['no longest reply', { ...body, max_tokens: undefined }, 'max_tokens: Field required'],
    ['the model in the body', { ...body, model: CLAUDE }, 'model: Extra inputs are not permitted'],
    [
      'a conversation that begins with the model',
      { ...body, messages: [{ role: 'assistant', content: 'x' }] },
      'first message',
    ],
  ])('refuses %s', async (_what, given, message) => {
    await expect(invoke(given)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message) as string,
    })
  })
})

describe('what Bedrock refuses', () => {
  it.each([
    ['a model that nobody has', { modelId: 'amazon.nowhere-v1:0' }, 'ResourceNotFoundException', 404],
    ['an id that is none', { modelId: 'nova' }, 'ValidationException', 400],
    [
      'a model that is served through inference profiles alone',
      { modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0' },
      'ValidationException',
      400,
    ],
    [
      'a first turn of the model',
      { messages: [{ role: 'assistant' as const, content: [{ text: 'x' }] }] },
      'ValidationException',
      400,
    ],
    [
      'two turns of the user',
      { messages: [user({ text: 'x' }), user({ text: 'y' })] },
      'ValidationException',
      400,
    ],
    ['a blank text', { messages: [user({ text: ' \n' })] }, 'ValidationException', 400],
    ['no messages', { messages: [] }, 'ValidationException', 400],
    ['a temperature above 1', { inferenceConfig: { temperature: 1.5 } }, 'ValidationException', 400],
    [
      'a prompt beyond the window',
      { messages: [user({ text: 'word '.repeat(400_000) })] },
      'ValidationException',
      400,
    ],
  ])('%s: %s', async (_what, input, name, status) => {
    await expect(converse(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } })
  })

  it('a tool result that is missing', async () => {
    const call = { toolUse: { toolUseId: 't1', name: 'get_weather', input: {} } }
    const messages = [
      user({ text: 'x' }),
      { role: 'assistant' as const, content: [call] },
      user({ text: 'and?' }),
    ]
    await expect(converse({ messages, toolConfig })).rejects.toThrow(/toolResult blocks .* t1/)
    await expect(converse({ messages })).rejects.toThrow(/toolConfig field must be defined/)
  })
})
