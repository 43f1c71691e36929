import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime'
import { generateText, jsonSchema, streamText, tool } from 'ai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureOfThrown } from '../../../../harness/model/failures/failure-of.ts'
import type { SimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../../../providers/simulated/server/start.ts'
import type { Step } from '../../../../providers/simulated/server/step.ts'
import { AI_SDK, ASKS_WEATHER, bedrockClient, PROMPT, WEATHER } from './clients.ts'

let step: Step
let server: SimulatedServer
beforeAll(async () => {
  server = await startSimulatedServer({ script: () => step })
})
afterAll(() => server.close())

/** What a client was told. */
interface Told {
  readonly text: string
  readonly finish: string | undefined
  readonly outputTokens: number | undefined
  readonly toolInput?: unknown
}

interface Ask {
  readonly prompt?: string
  readonly withTool?: boolean
  readonly signal?: AbortSignal
}

type Client = (ask: Ask) => Promise<Told>

const CLIENTS: Readonly<Record<string, Client>> = {
  'bedrock, whole': async ({ prompt = PROMPT, withTool = false, signal }) => {
    const client = bedrockClient(server.url)
    try {
      const reply = await client.send(new ConverseCommand(converseInput(prompt, withTool)), {
        ...(signal && { abortSignal: signal }),
      })
      const content = reply.output?.message?.content ?? []
      return {
        text: content.map(({ text }) => text ?? '').join(''),
        finish: reply.stopReason,
        outputTokens: reply.usage?.outputTokens,
        toolInput: content[0]?.toolUse?.input,
      }
    } finally {
      client.destroy()
    }
  },
  'bedrock, streamed': async ({ prompt = PROMPT, withTool = false, signal }) => {
    const client = bedrockClient(server.url)
    try {
      const { stream } = await client.send(new ConverseStreamCommand(converseInput(prompt, withTool)), {
        ...(signal && { abortSignal: signal }),
      })
      const events = await Array.fromAsync(stream ?? [])
      const deltas = events.map(({ contentBlockDelta }) => contentBlockDelta?.delta)
      return {
        text: deltas.map((delta) => delta?.text ?? '').join(''),
        finish: events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason,
        outputTokens: events.find(({ metadata }) => metadata)?.metadata?.usage?.outputTokens,
        toolInput: deltas.map((delta) => delta?.toolUse?.input ?? '').join(''),
      }
    } finally {
      client.destroy()
    }
  },
  ...Object.fromEntries(
    ['google', 'openai', 'anthropic'].flatMap((vendor): [string, Client][] => [
      [
        `${vendor}, whole`,
        async (ask) => {
          const { text, rawFinishReason, usage, toolCalls } = await generateText(optionsFor(vendor, ask))
          return {
            text,
            finish: rawFinishReason,
            outputTokens: usage.outputTokens,
            toolInput: toolCalls[0]?.input,
          }
        },
      ],
      [
        `${vendor}, streamed`,
        async (ask) => {
          let failed: unknown
          const result = streamText({
            ...optionsFor(vendor, ask),
            onError: ({ error }) => {
              failed ??= error
            },
          })
          await result.consumeStream({ onError() {} })
          if (failed !== undefined) throw failed
          const calls = await result.toolCalls
          return {
            text: await result.text,
            finish: await result.rawFinishReason,
            outputTokens: (await result.usage).outputTokens,
            toolInput: calls[0]?.input,
          }
        },
      ],
    ]),
  ),
}
/** Always answered alike, whichever repeat it is. */
const COUNTING = 'Text: one two three four five'

const ALL = Object.keys(CLIENTS)
const STREAMED = ALL.filter((name) => name.endsWith('streamed'))

function converseInput(prompt: string, withTool: boolean): ConstructorParameters<typeof ConverseCommand>[0] {
  const spec = { name: WEATHER.name, description: WEATHER.description, inputSchema: { json: WEATHER.schema } }
  return {
    modelId: 'amazon.nova-lite-v1:0',
    messages: [{ role: 'user', content: [{ text: prompt }] }],
    ...(withTool && { toolConfig: { tools: [{ toolSpec: spec as never }] } }),
  }
}

function optionsFor(
  vendor: string,
  { prompt = PROMPT, withTool = false, signal }: Ask,
): Parameters<typeof generateText>[0] & Parameters<typeof streamText>[0] {
  const inputSchema = jsonSchema<{ city: string }>(WEATHER.schema as never)
  return {
    model: AI_SDK[vendor]!(server.url),
    maxRetries: 0,
    prompt,
    ...(withTool && { tools: { [WEATHER.name]: tool({ description: WEATHER.description, inputSchema }) } }),
    ...(signal && { abortSignal: signal }),
  }
}

async function ask(name: string, next: Step, options: Ask = {}): Promise<Told> {
  step = next
  return CLIENTS[name]!(options)
}

async function failureOf(name: string, next: Step, options: Ask = {}): Promise<unknown> {
  step = next
  try {
    await CLIENTS[name]!(options)
  } catch (thrown) {
    return thrown
  }
  throw new Error(`${name} did not fail`)
}

describe.each(ALL)('%s', (name) => {
  it('a text that is scripted comes as it is, lone surrogates, latin-1 and all', async () => {
    const text = 'naïve \u00ff \ud83d\ude00 lone \ud800 end'
    expect(await ask(name, { do: 'text', text })).toMatchObject({ text })
  })

  it('an empty reply has no text, and an end', async () => {
    const { text, finish } = await ask(name, { do: 'empty' })
    expect(text).toBe('')
    expect(finish).toMatch(/^(?:end_turn|STOP|stop)$/)
  })

  it('a refusal, a guardrail and the longest reply each end in words of their own', async () => {
    const refused = await ask(name, { do: 'refusal' })
    const guarded = await ask(name, { do: 'guardrail' })
    const short = await ask(name, { do: 'max-tokens' }, { prompt: COUNTING })
    expect(refused.finish).toMatch(/^(?:content_filtered|SAFETY|stop|refusal)$/)
    expect(guarded.finish).toMatch(/^(?:guardrail_intervened|PROHIBITED_CONTENT|content_filter|refusal)$/)
    expect(short).toMatchObject({
      finish: expect.stringMatching(/^(?:max_tokens|MAX_TOKENS|length)$/) as string,
    })
    expect(short.text).toBe('one two')
  })

  it('a reply may be silent about its usage', async () => {
    const { text, outputTokens } = await ask(name, { do: 'no-usage' }, { prompt: COUNTING })
    expect(text).toBe('one two three four five')
    expect(outputTokens ?? 0).toBe(0)
  })

  it('a reply in drops is whole in the end', async () => {
    const told = await ask(name, { do: 'trickle', pieces: 7, everyMs: 2 }, { prompt: COUNTING })
    expect(told).toMatchObject({ text: 'one two three four five', outputTokens: 5 })
  })

  it('a status is an error of that status, which says how long to wait', async () => {
    const failure = failureOfThrown(await failureOf(name, { do: 'status', status: 429, retryAfter: 7 }))
    expect(failure).toMatchObject({ kind: 'throttled', status: 429, retryAfterMs: 7000 })
  })

  it.each([
    [500, 'unavailable'],
    [503, 'unavailable'],
    [502, 'unavailable'],
    [529, 'unavailable'],
    [403, 'auth'],
    [404, 'invalid'],
    [400, 'invalid'],
    [408, 'timeout'],
  ])('a %i is %s', async (status, kind) => {
    expect(failureOfThrown(await failureOf(name, { do: 'status', status }))).toMatchObject({ kind, status })
  })

  it.each<Step>([
    { do: 'reset', when: 'before' },
    { do: 'reset', when: 'headers' },
    { do: 'reset', when: 'mid-stream' },
    { do: 'reset', when: 'mid-frame' },
    { do: 'hang', when: 'before', forMs: 10 },
    { do: 'hang', when: 'mid-stream', forMs: 10 },
  ])('$do $when is a connection that was lost', async (next) => {
    // AWS's client calls a reset before the headers a timeout.
    const failure = failureOfThrown(await failureOf(name, next, { prompt: COUNTING }))
    expect(failure.kind).toMatch(/^(?:unavailable|timeout)$/)
  })

  it.each<Step>([{ do: 'page' }, { do: 'garbage' }])(
    'a $do in the place of a reply has no end',
    async (next) => {
      // A stream of no event is no error to all clients: it has no reason why it ended.
      const told = await ask(name, next).catch(() => undefined)
      expect(told?.finish).toBeUndefined()
    },
  )

  it.each<Step>([
    { do: 'page', status: 502 },
    { do: 'garbage', status: 503 },
  ])('a $do with status $status is that of a server in trouble', async (next) => {
    expect(failureOfThrown(await failureOf(name, next))).toMatchObject({ kind: 'unavailable' })
  })

  it.each(['before', 'mid-stream'] as const)('hangs %s until the client goes', async (when) => {
    const client = new AbortController()
    const { length } = server.log
    const failed = failureOf(name, { do: 'hang', when }, { signal: client.signal })
    await expect.poll(() => server.log.length, { timeout: 10_000 }).toBe(length + 1)
    client.abort()
    expect(await failed).toBeDefined()
    await expect.poll(() => server.log.at(-1)).toMatchObject({ given: `hang ${when}`, replied: false })
    await expect.poll(() => server.stats().inFlight).toBe(0)
  })
})

describe.each(STREAMED)('%s', (name) => {
  it('an error in the midst of a stream is an error of that name', async () => {
    const exception = {
      'bedrock, streamed': 'throttlingException',
      'google, streamed': 'RESOURCE_EXHAUSTED',
      'openai, streamed': 'rate_limit_exceeded',
      'anthropic, streamed': 'rate_limit_error',
    }[name]
    const thrown = await failureOf(name, { do: 'exception', name: exception ?? '', message: 'too much' })
    expect(failureOfThrown(thrown)).toMatchObject({
      kind: 'throttled',
      message: expect.stringContaining('too much') as string,
    })
  })
})

describe('an event stream', () => {
  it('with a wrong checksum is found out', async () => {
    const thrown = await failureOf('bedrock, streamed', { do: 'crc' })
    expect(String(thrown)).toMatch(/message checksum \(\d+\) did not match/)
  })

  it('that ends within a frame is found out', async () => {
    const thrown = await failureOf('bedrock, streamed', { do: 'cut', when: 'mid-frame' })
    expect(String(thrown)).toContain('Truncated event message received')
  })

  it('that ends between two frames has no stop reason', async () => {
    const { finish, outputTokens } = await ask('bedrock, streamed', { do: 'cut', when: 'mid-stream' })
    expect({ finish, outputTokens }).toEqual({ finish: undefined, outputTokens: undefined })
  })
})

describe('a tool call with broken arguments', () => {
  it('comes in pieces that are no JSON together', async () => {
    for (const name of ['bedrock, streamed', 'bedrock, whole']) {
      const { toolInput } = await ask(
        name,
        { do: 'broken-tool-json' },
        { prompt: ASKS_WEATHER, withTool: true },
      )
      expect(toolInput).toMatch(/^\{"city":/)
      expect(() => JSON.parse(String(toolInput)) as unknown).toThrow(SyntaxError)
    }
  })

  it('is told of by Gemini, which hands none over', async () => {
    const asks = { prompt: ASKS_WEATHER, withTool: true }
    expect(await ask('google, whole', { do: 'broken-tool-json' }, asks)).toMatchObject({
      finish: 'MALFORMED_FUNCTION_CALL',
      toolInput: undefined,
    })
  })
})

describe('a delay', () => {
  it('is waited for before anything is said', async () => {
    const startedMs = performance.now()
    await ask('bedrock, streamed', { do: 'delay', ms: 120 })
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(119)
  })
})
