import { describe, expect, it } from 'vitest'
import { ask } from './asked.ts'
import { replay } from './wire-server.ts'

const REQUEST_ID = '2b74a5d3-615a-4f81-b00f-f0b10a618e23'
const TOOLS = [
  '{"type":"tool_use","id":"tooluse_1","name":"weather","input":{"city":"Oslo"}}',
  '{"type":"tool_use","id":"tooluse_2","name":"time","input":{}}',
].join('\n\n')
const THOUGHT = [
  '<thinking>\nThe word love is positive.\n</thinking>',
  'Signature: c2lnbmVk',
  '<thinking>[Redacted]</thinking>',
  'positive',
].join('\n\n')

describe('a reply of Converse, from recorded bytes', () => {
  it('is read whole: text, stop reason, usage with its times to live, what it was served with', async () => {
    await using server = await replay('converse')
    const { metadata, ...response } = await ask(server, { api: 'converse', serviceTier: 'flex' })
    expect(response).toEqual({
      output: 'It is positive — très bien.',
      finishReason: 'stop',
      // promptfoo's count of the prompt includes what was cached.
      tokenUsage: {
        total: 4015,
        prompt: 4005,
        completion: 10,
        numRequests: 1,
        completionDetails: { cacheReadInputTokens: 2701, cacheCreationInputTokens: 1300 },
      },
    })
    const { timing, ...rest } = metadata
    expect(rest).toEqual({
      model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      region: 'us-east-1',
      api: 'converse',
      credentials: 'environment',
      requestId: REQUEST_ID,
      status: 200,
      latencyMs: 385,
      cacheTokens: { read: 2701, write: 1300 },
      performanceConfig: { latency: 'standard' },
      serviceTier: { type: 'flex' },
      additionalModelResponseFields: { stop_sequence: null },
      stopReason: 'end_turn',
      usage: { input: 4, output: 10, cacheRead: 2701, cacheWrite: 1300, cacheWrite1h: 1100 },
      billing: { vendor: 'aws', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', tier: 'flex' },
    })
    // A reply that comes whole has no first token that anyone saw.
    expect(timing).toEqual({ latencyMs: expect.any(Number), serverMs: 385 })
  })

  it('is the same by ConverseStream, with the time to its first output', async () => {
    await using server = await replay('converse-stream')
    const { output, finishReason, metadata } = await ask(server, { latency: 'optimized' })
    expect([output, finishReason]).toEqual(['It is positive — très bien.', 'stop'])
    expect(metadata).toMatchObject({
      api: 'converse-stream',
      requestId: REQUEST_ID,
      stopReason: 'end_turn',
      performanceConfig: { latency: 'optimized' },
      serviceTier: { type: 'priority' },
      usage: { input: 8, output: 10, cacheRead: 2701, cacheWrite: 1300, cacheWrite1h: 1100 },
      billing: { tier: 'optimized' },
    })
    const { latencyMs = 0, ttftMs = Infinity, serverMs } = metadata.timing ?? {}
    expect(serverMs).toBe(608)
    expect(ttftMs).toBeLessThanOrEqual(latencyMs)
  })

  it.each([
    ['converse', 'converse-tools'],
    ['converse-stream', 'converse-stream-tools'],
  ])(
    'that calls tools is these calls, one a paragraph, by %s; what it says beside them is on record',
    async (api, name) => {
      await using server = await replay(name)
      const { output, finishReason, metadata } = await ask(server, { api })
      expect([output, finishReason]).toEqual([TOOLS, 'tool_calls'])
      expect(metadata['text']).toBe('I will look both up.')
    },
  )

  it.each([
    ['converse', 'converse-thinking'],
    ['converse-stream', 'converse-stream-thinking'],
  ])(
    'shows what the model thought as promptfoo does, by %s, and not where showThinking is false',
    async (api, name) => {
      await using server = await replay(name)
      const shown = await ask(server, { api })
      const hidden = await ask(server, { api, showThinking: false })
      expect([shown.output, hidden.output]).toEqual([THOUGHT, 'positive'])
      expect(hidden.metadata['reasoning']).toBe('The word love is positive.')
    },
  )

  it.each([
    ['converse', 'converse-guardrail'],
    ['converse-stream', 'converse-stream-guardrail'],
  ])('that a guardrail stopped is flagged, with its trace, by %s', async (api, name) => {
    await using server = await replay(name)
    const reply = await ask(server, { api, guardrailIdentifier: 'gr1abc', trace: true })
    expect(reply).toMatchObject({
      output: 'Sorry, the model cannot answer this question.',
      finishReason: 'content_filter',
      guardrails: { flagged: true, reason: 'guardrail_intervened' },
      metadata: { stopReason: 'guardrail_intervened', trace: { guardrail: {} } },
    })
    expect(reply.isRefusal).toBeUndefined()
  })

  it('that refuses says so', async () => {
    await using server = await replay('converse-stream-refusal')
    expect(await ask(server)).toMatchObject({
      output: 'I cannot help with that.',
      isRefusal: true,
      finishReason: 'content_filter',
      metadata: { stopReason: 'refusal' },
    })
  })

  it('that says nothing is an empty text, not a failure', async () => {
    await using server = await replay('converse-stream-empty')
    const reply = await ask(server)
    expect(reply).toMatchObject({
      output: '',
      finishReason: 'stop',
      metadata: { usage: { input: 8, output: 0 } },
    })
    expect(reply.metadata.timing?.ttftMs).toBeUndefined()
  })

  it('that is cut in the JSON of a tool call keeps what there is of it, as text', async () => {
    await using server = await replay('converse-stream-tool-cut')
    const { output, finishReason } = await ask(server)
    expect(finishReason).toBe('length')
    expect(JSON.parse(String(output))).toEqual({
      type: 'tool_use',
      id: 'tooluse_1',
      name: 'weather',
      input: '{"city": "Os',
    })
  })

  it('without counts has them estimated, and marked so', async () => {
    await using server = await replay('converse-stream-uncounted')
    const { metadata } = await ask(server, { system: 'You know sentiments.' })
    expect(metadata.usage).toEqual({ input: 13, output: 4, estimated: true })
  })
})

describe('a reply of InvokeModel, from recorded bytes', () => {
  it('is a message of Anthropic’s; its headers are on record', async () => {
    await using server = await replay('invoke')
    const { output, finishReason, metadata } = await ask(server, { api: 'invoke' })
    expect([output, finishReason]).toEqual(['It is positive.', 'stop'])
    expect(metadata).toMatchObject({
      api: 'invoke',
      requestId: REQUEST_ID,
      stopReason: 'end_turn',
      usage: { input: 14, output: 10, cacheRead: 2701, cacheWrite: 1300, cacheWrite1h: 1100 },
      timing: { serverMs: 1131 },
      headers: {
        'x-amzn-bedrock-input-token-count': '14',
        'x-amzn-bedrock-output-token-count': '10',
        'x-amzn-bedrock-cache-read-input-token-count': '2701',
        'x-amzn-bedrock-cache-write-input-token-count': '1300',
        'x-amzn-bedrock-invocation-latency': '1131',
      },
    })
  })

  it('is counted by its headers where its body does not count', async () => {
    await using server = await replay('invoke-uncounted')
    const { metadata } = await ask(server, { api: 'invoke' })
    expect(metadata.usage).toEqual({ input: 14, output: 10, cacheRead: 2701, cacheWrite: 1300 })
  })

  it('that a guardrail gives in the place of the model’s is flagged, though nothing says why it stopped', async () => {
    await using server = await replay('invoke-guardrail')
    expect(await ask(server, { api: 'invoke', guardrail: 'gr1abc' })).toMatchObject({
      output: 'Sorry, the model cannot answer this question.',
      finishReason: 'content_filter',
      guardrails: { flagged: true },
      metadata: { trace: { guardrail: {} } },
    })
  })

  it('that calls a tool is this call', async () => {
    await using server = await replay('invoke-tools')
    const { output, finishReason, metadata } = await ask(server, { api: 'invoke' })
    expect(output).toBe('{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Oslo"}}')
    expect(finishReason).toBe('tool_calls')
    expect(metadata).toMatchObject({ text: 'I will look both up.', reasoning: 'Two tools.' })
  })

  it('may be streamed: its last chunk tells how long it took', async () => {
    await using server = await replay('invoke-stream')
    const { output, finishReason, metadata } = await ask(server, { api: 'invoke-stream' })
    expect([output, finishReason]).toEqual(['It is positive.', 'stop'])
    expect(metadata).toMatchObject({
      stopReason: 'end_turn',
      usage: { input: 14, output: 10, cacheRead: 2701, cacheWrite: 1300, cacheWrite1h: 1100 },
      timing: { serverMs: 597, ttftMs: expect.any(Number) },
    })
  })

  it.each([
    ['invoke', 'invoke-nova', 'It is positive.'],
    // Nova gives every piece of its text an index of its own.
    ['invoke-stream', 'invoke-stream-nova', 'It is positive.'],
  ])('may be one of Nova’s, by %s', async (api, name, text) => {
    await using server = await replay(name)
    const { output, finishReason, metadata } = await ask(server, { api, model: 'us.amazon.nova-lite-v1:0' })
    expect([output, finishReason]).toEqual([text, 'length'])
    expect(metadata.usage).toEqual({ input: 5, output: 10 })
  })
})
