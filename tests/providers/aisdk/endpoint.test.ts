import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import { ask, bare, provider } from './ask.ts'
import { fail } from './fail.ts'
import type { VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

describe('a key', () => {
  const missing = async (id: string, config: object = {}, env = {}): Promise<HarnessError> => {
    const error: unknown = await bare(id, config, env)
      .ready()
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
    if (error instanceof HarnessError) return error
    throw new Error('the key was found')
  }

  it('that is nowhere is missed before any call, by the variable’s name', async () => {
    expect(await missing('openai:gpt-4o')).toMatchObject({
      code: 'suite',
      message: 'OpenAI: no API key for api.openai.com',
      hint: expect.stringContaining('OPENAI_API_KEY') as string,
    })
    expect((await missing('google:gemini-2.5-flash')).hint).toMatch(/GOOGLE_API_KEY \(or GEMINI_API_KEY/)
    expect((await missing('anthropic:claude-haiku-4-5')).hint).toContain('ANTHROPIC_API_KEY')
    expect((await missing('openai:gpt-4o', { apiKeyEnvar: 'MINE' }, { OPENAI_API_KEY: 'k' })).hint).toContain(
      'MINE',
    )
    expect((await missing('openai:gpt-4o', { baseUrl: 'https://eu.example/v1' })).message).toContain(
      'eu.example',
    )
  })

  it('that is nowhere is told by a call, too, which rejects as little as any other', async () => {
    const response = await bare('openai:gpt-4o').callApi('x')
    expect(response.metadata?.['failure']).toMatchObject({
      kind: 'auth',
      message: 'OpenAI: no API key for api.openai.com',
    })
  })

  it.each([
    ['openai:gpt-4o', { baseUrl: 'http://127.0.0.1:1/v1' }, {}],
    ['google:gemini-2.5-flash', {}, { GOOGLE_API_BASE_URL: 'http://localhost:1' }],
    ['ollama:llama3', {}, {}],
    [undefined, { vendor: 'openai-compatible', model: 'x', baseUrl: 'https://gpu.example/v1' }, {}],
    ['openai:x', { baseUrl: 'https://gpu.example/v1', apiKeyRequired: false }, {}],
  ])('is needed neither on loopback nor by a server of one’s own: %s %o', async (id, config, env) => {
    await expect(bare(id, config, env).ready()).resolves.toBeUndefined()
  })
})

describe('against a server', () => {
  let server: VendorServer
  beforeAll(async () => {
    server = await startVendor()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each([
    ['openai:gpt-4o', { OPENAI_BASE_URL: '/v1' }, '/v1/chat/completions'],
    ['openai:gpt-4o', { OPENAI_API_BASE_URL: '/a', OPENAI_BASE_URL: '/b' }, '/a/chat/completions'],
    ['openai:gpt-4o', { OPENAI_API_HOST: '', OPENAI_BASE_URL: '/b' }, '/v1/chat/completions'],
    ['anthropic:claude-haiku-4-5', { ANTHROPIC_BASE_URL: '' }, '/v1/messages'],
    ['anthropic:claude-haiku-4-5', { ANTHROPIC_BASE_URL: '/v1/' }, '/v1/messages'],
    ['anthropic:claude-haiku-4-5', { ANTHROPIC_BASE_URL: '/gateway' }, '/gateway/v1/messages'],
    [
      'google:gemini-2.5-flash',
      { GOOGLE_API_BASE_URL: '' },
      '/v1beta/models/gemini-2.5-flash:generateContent',
    ],
    [
      'google:gemini-2.5-flash',
      { GOOGLE_API_HOST: '/v1alpha' },
      '/v1alpha/models/gemini-2.5-flash:generateContent',
    ],
    ['ollama:llama3', { OLLAMA_BASE_URL: '' }, '/v1/chat/completions'],
  ])('%s is asked where the environment says: %o', async (id, paths, path) => {
    server.answer({ status: 400 })
    const env = Object.fromEntries(Object.entries(paths).map(([name, at]) => [name, `${server.url}${at}`]))
    await bare(id, { stream: false }, env).callApi('x')
    expect(server.received.at(-1)?.path).toBe(path)
  })

  it.each(['openai:gpt-4o', 'anthropic:claude-haiku-4-5', 'google:gemini-2.5-flash'])(
    'a redirect of %s is not followed: neither the key nor the prompt goes there',
    async (id) => {
      await using other = await startVendor()
      const { failure } = await fail(server, id, {
        status: 307,
        headers: { location: `${other.url}/v1?token=hunter2` },
      })
      expect(failure.kind).toBe('invalid')
      expect(failure.message).toContain(`answered 307, a redirect to ${other.url}/v1: it is not followed`)
      expect(other.received).toEqual([])
    },
  )

  it('a reply that is no event stream is not waited for to its end', async () => {
    const page = {
      body: '<p>'.repeat(1000),
      headers: { 'content-type': 'text/html' },
      after: 'hang',
    } as const
    const { failure } = await fail(server, 'openai:gpt-4o', page)
    expect(failure.kind).toBe('invalid')
    expect(failure.message).toMatch(/asked for an event stream, and got text\/html: (?:<p>)+/)
  })

  it('a version of the API may be asked for', async () => {
    server.answer({ status: 400 })
    await provider(server, 'google:gemini-2.5-flash', { apiVersion: 'v1alpha' }).callApi('x')
    expect(server.received.at(-1)?.path).toMatch(/^\/v1alpha\/models\//)
  })

  it('Google’s key is the first of promptfoo’s variables', async () => {
    const keys = { GEMINI_API_KEY: 'second', GOOGLE_API_KEY: 'first', GOOGLE_GENERATIVE_AI_API_KEY: 'last' }
    server.answer({ status: 400 })
    await provider(server, 'google:gemini-2.5-flash', {}, keys).callApi('x')
    expect(server.received.at(-1)?.headers['x-goog-api-key']).toBe('first')
    await provider(server, 'google:gemini-2.5-flash', {}, { GOOGLE_GENERATIVE_AI_API_KEY: 'last' }).callApi(
      'x',
    )
    expect(server.received.at(-1)?.headers['x-goog-api-key']).toBe('last')
  })

  it('tools and schemas may stand in files beside the suite', async () => {
    const basePath = mkdtempSync(join(tmpdir(), 'aisdk-'))
    const tool = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } }
    writeFileSync(join(basePath, 'tools.json'), JSON.stringify([tool]))
    writeFileSync(join(basePath, 'schema.yaml'), 'type: object\nproperties: {a: {type: number}}\n')
    const config = { basePath, tools: 'file://tools.json', outputSchema: 'file://schema.yaml' }
    const { request } = await ask(server, 'openai:gpt-4o', config, 'x', {
      body: fixture('openai/completion.sse'),
    })
    expect(request.body['tools']).toEqual([tool])
    expect(request.body['response_format']).toMatchObject({
      json_schema: { schema: { type: 'object', properties: { a: { type: 'number' } } } },
    })
  })

  it('a mistake in a prompt’s own config is a failure of its calls, and nothing is sent', async () => {
    const before = server.received.length
    const context = (config: object) => ({ vars: {}, prompt: { raw: '', label: '', config } })
    const slip = await provider(server, 'openai:gpt-4o').callApi('x', context({ temprature: 1 }))
    expect(slip.metadata?.['failure']).toMatchObject({
      kind: 'invalid',
      message: 'openai knows no config key `temprature`',
    })
    const other = await provider(server, 'openai:gpt-4o').callApi('x', context({ model: 'gpt-5' }))
    expect(other.error).toBe("a prompt's config cannot change the model")
    expect(server.received.length).toBe(before)
  })
})
