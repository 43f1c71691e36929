import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { provider } from './ask.ts'
import { fail } from './fail.ts'
import type { Script, VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('what only one vendor says', () => {
  const status = (code: number, body: string): Script => ({ status: code, body })

  it('an account without money is told from one that is too fast', async () => {
    const quota = await fail(server, 'openai:gpt-4o', status(429, fixture('openai/error-quota.json')))
    expect(quota.failure.kind).toBe('credit')
    const pace = await fail(server, 'openai:gpt-4o', status(429, fixture('openai/error-429.json')))
    expect(pace.failure).toMatchObject({ kind: 'throttled', retryAfterMs: 800 })
    const gemini = await fail(
      server,
      'google:gemini-2.5-flash',
      status(429, fixture('gemini/error-429.json')),
    )
    expect(gemini.failure).toMatchObject({ kind: 'throttled', status: 429 })
    expect(gemini.failure.retryAfterMs).toBeCloseTo(34_000, -3)
    const claude = await fail(
      server,
      'anthropic:claude-sonnet-4-5',
      status(400, fixture('anthropic/error-credit.json')),
    )
    expect(claude.failure.kind).toBe('credit')
  })

  it('a key that is refused is said to be, by a 400 of Gemini’s too', async () => {
    const openai = await fail(server, 'openai:gpt-4o', status(401, fixture('openai/error-401.json')))
    expect(openai.failure).toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(/^OpenAI answered 401: Incorrect API key/) as string,
    })
    const gemini = await fail(
      server,
      'google:gemini-2.5-flash',
      status(400, fixture('gemini/error-key.json')),
    )
    expect(gemini.failure).toMatchObject({ kind: 'auth', status: 400 })
  })

  it('Anthropic’s overload is unavailable, also as the first event of a stream', async () => {
    const refused = await fail(
      server,
      'anthropic:claude-sonnet-4-5',
      status(529, fixture('anthropic/error-529.json')),
    )
    expect(refused.failure).toMatchObject({ kind: 'unavailable', status: 529 })
    const first = fixture('anthropic/error-in-stream.sse').replace(/^[\s\S]*(?=event: error)/, '')
    const streamed = await fail(server, 'anthropic:claude-sonnet-4-5', { body: first })
    expect(streamed.failure.kind).toBe('unavailable')
  })

  it('what was counted before a stream broke off is kept: it may be billed', async () => {
    const { response } = await fail(server, 'anthropic:claude-sonnet-4-5', {
      body: fixture('anthropic/error-in-stream.sse'),
    })
    expect(response.metadata).toMatchObject({
      usage: { input: 25, output: 1 },
      billing: { vendor: 'anthropic', model: 'claude-sonnet-4-5' },
      timing: { ttftMs: expect.any(Number) as number },
    })
  })
})

describe('a prompt that cannot fit', () => {
  it('is not sent', async () => {
    const before = server.received.length
    const response = await provider(server, 'openai:gpt-4o').callApi('one two three four '.repeat(40_000))
    expect(response.metadata?.['failure']).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/context window of 128000 tokens of gpt-4o/) as string,
    })
    expect(server.received.length).toBe(before)
  })

  it('is not one for the size of its images', async () => {
    server.answer({ body: fixture('openai/completion.sse') })
    const url = `data:image/png;base64,${Buffer.alloc(600_000, 7).toString('base64')}`
    const prompt = JSON.stringify([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What?' },
          { type: 'image_url', image_url: { url } },
        ],
      },
    ])
    expect((await provider(server, 'openai:gpt-4o').callApi(prompt)).output).toBe('Hello 🌍')
  })
})

describe('sockets', () => {
  it('are none the more for a hundred calls in turn, of which some break off', async () => {
    const model = provider(server, 'openai:gpt-4o', { timeoutMs: 5000 })
    const scripts: Script[] = [
      { body: fixture('openai/completion.sse') },
      { body: fixture('openai/error-in-stream.sse') },
      { status: 429, body: fixture('openai/error-429.json') },
    ]
    for (let i = 0; i < 100; i++) {
      server.answer(scripts[i % scripts.length] ?? {})
      await model.callApi('x')
    }
    expect(await server.connections()).toBeLessThan(10)
  })

  it('are let go of with calls that took too long', async () => {
    const quiet = await startVendor()
    quiet.answer({ body: fixture('openai/completion.sse').slice(0, 200), after: 'hang' })
    const model = provider(quiet, 'openai:gpt-4o', { timeoutMs: 20 })
    await Promise.all(Array.from({ length: 30 }, () => model.callApi('x')))
    await expect.poll(() => quiet.connections(), { timeout: 10_000 }).toBe(0)
    await quiet[Symbol.asyncDispose]()
  })
})
