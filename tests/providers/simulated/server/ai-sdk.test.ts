import type { ToolSet } from 'ai'
import { APICallError, generateText, jsonSchema, Output, streamText, tool } from 'ai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { AI_SDK, ASKS_WEATHER, PROMPT, WEATHER } from './clients.ts'

let server: SimulatedServer
beforeAll(async () => {
  server = await startSimulatedServer({ seed: 3 })
})
afterAll(() => server.close())

const COUNTING = 'Text: one two three four five six seven eight'

const tools: ToolSet = {
  [WEATHER.name]: tool({
    description: WEATHER.description,
    inputSchema: jsonSchema(WEATHER.schema as never),
  }),
}

describe.each(Object.entries(AI_SDK))('%s, by the AI SDK', (_name, modelOn) => {
  const ask = (options: Partial<Parameters<typeof generateText>[0]> = {}): ReturnType<typeof generateText> =>
    generateText({ model: modelOn(server.url), maxRetries: 0, prompt: PROMPT, ...options } as Parameters<
      typeof generateText
    >[0])

  it('answers with text, usage and the end of it', async () => {
    const { text, usage, finishReason, warnings } = await ask()
    expect({ text, finishReason, warnings }).toEqual({ text: 'positive', finishReason: 'stop', warnings: [] })
    expect(usage).toMatchObject({ outputTokens: 1 })
    expect(usage.inputTokens).toBeGreaterThan(20)
  })

  it('streams the same in pieces', async () => {
    const { textStream, usage, finishReason } = streamText({
      model: modelOn(server.url),
      maxRetries: 0,
      prompt: COUNTING,
      temperature: 0,
    })
    const pieces = await Array.fromAsync(textStream)
    expect(pieces.length).toBeGreaterThan(2)
    expect(pieces.join('')).toBe((await ask({ prompt: COUNTING, temperature: 0 })).text)
    expect(await finishReason).toBe('stop')
    expect(await usage).toMatchObject({ outputTokens: 8 })
  })

  it('ends at the longest reply that is allowed, and before a stop sequence', async () => {
    expect(await ask({ prompt: COUNTING, maxOutputTokens: 3 })).toMatchObject({
      text: 'one two three',
      finishReason: 'length',
    })
    expect(await ask({ prompt: COUNTING, stopSequences: [' five'] })).toMatchObject({
      text: 'one two three four',
      finishReason: 'stop',
    })
  })

  it('heeds a system prompt and earlier turns', async () => {
    const messages = (['Win a prize now/spam', 'Lunch at noon?/ham', 'Win money now/spam'] as const).flatMap(
      (shown) => {
        const [content = '', label = ''] = shown.split('/')
        return [
          { role: 'user' as const, content },
          { role: 'assistant' as const, content: label },
        ]
      },
    )
    const { text } = await generateText({
      model: modelOn(server.url),
      maxRetries: 0,
      temperature: 0,
      instructions: 'Answer with one of: spam, ham. Answer with the label only.',
      messages: [...messages, { role: 'user', content: 'Win a car now' }],
    })
    expect(text).toBe('spam')
  })

  it('calls a tool, whole and streamed', async () => {
    const call = { toolName: 'get_weather', input: { city: 'Lisbon' } }
    const whole = await ask({ prompt: ASKS_WEATHER, tools })
    expect(whole.toolCalls).toMatchObject([call])
    expect(whole.finishReason).toBe('tool-calls')
    const streamed = streamText({ model: modelOn(server.url), maxRetries: 0, prompt: ASKS_WEATHER, tools })
    expect(await streamed.toolCalls).toMatchObject([call])
  })

  it('speaks of what a tool answered', async () => {
    const call = { toolCallId: 't1', toolName: WEATHER.name }
    const { text } = await generateText({
      model: modelOn(server.url),
      maxRetries: 0,
      tools,
      messages: [
        { role: 'user', content: ASKS_WEATHER },
        { role: 'assistant', content: [{ type: 'tool-call', ...call, input: { city: 'Lisbon' } }] },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              ...call,
              output: { type: 'text', value: 'The weather in Lisbon is sunny, 24 degrees.' },
            },
          ],
        },
      ],
    })
    expect(text).toContain('sunny')
  })

  it('gives JSON by the schema that is asked for', async () => {
    const { output } = await generateText({
      model: modelOn(server.url),
      maxRetries: 0,
      prompt: 'What is the sentiment?\n\nText: I love it, thank you',
      output: Output.object({
        schema: jsonSchema<{ sentiment: string }>({
          type: 'object',
          properties: { sentiment: { type: 'string', enum: ['positive', 'negative'] } },
          required: ['sentiment'],
          additionalProperties: false,
        }),
      }),
    })
    expect(output).toEqual({ sentiment: 'positive' })
  })

  it('refuses a model that nobody has, and a prompt beyond the window', async () => {
    const unknown = ask({ model: modelOn(server.url, 'nobodys-model') })
    await expect(unknown).rejects.toMatchObject({ statusCode: 404, isRetryable: false })
    const long = ask({ prompt: 'word '.repeat(1_100_000) })
    const error: unknown = await long.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(APICallError)
    expect(error).toMatchObject({ statusCode: 400 })
    expect((error as Error).message).toMatch(/token|too long/i)
  })
})

describe("Anthropic's prompt cache", () => {
  it('is written to, then read from', async () => {
    const ask = async (): Promise<unknown> => {
      const { usage } = await generateText({
        model: AI_SDK['anthropic']!(server.url, 'claude-sonnet-4-5'),
        maxRetries: 0,
        messages: [
          {
            role: 'user',
            content: [
              {
                type: 'text',
                text: 'The train to Porto leaves at nine. '.repeat(300),
                providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
              },
              { type: 'text', text: 'When?' },
            ],
          },
        ],
      })
      return usage.inputTokenDetails
    }
    const first = (await ask()) as { cacheWriteTokens: number }
    expect(first).toMatchObject({ cacheReadTokens: 0 })
    expect(first.cacheWriteTokens).toBeGreaterThan(1024)
    expect(await ask()).toMatchObject({ cacheReadTokens: first.cacheWriteTokens, cacheWriteTokens: 0 })
  })
})
