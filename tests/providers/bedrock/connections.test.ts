import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { bedrock, ENV, type Metadata } from './asked.ts'
import { chunk, errorResponse, framesOf, headOf, recorded, replay, serve } from './wire-server.ts'

describe('connections', () => {
  it('are kept: a thousand calls one after the other are made on one', async () => {
    await using server = await replay('converse-stream')
    const provider = bedrock(server)
    for (let n = 0; n < 1000; n++) expect((await provider.callApi(`call ${n}`)).error).toBeUndefined()
    expect(server.connections.made).toBe(1)
    expect(server.requests).toHaveLength(1000)
  })

  it('are as many as there are calls at once: none waits for another', async () => {
    const waiting: (() => void)[] = []
    const bytes = recorded('converse-stream')
    await using server = await serve((socket) => {
      waiting.push(() => socket.write(bytes))
      if (waiting.length === 120) for (const answer of waiting) answer()
    })
    const provider = bedrock(server)
    const replies = await Promise.all(Array.from({ length: 120 }, (_, n) => provider.callApi(`call ${n}`)))
    expect(replies.filter(({ error }) => error !== undefined)).toEqual([])
    expect(server.connections.made).toBe(120)
  })

  it('are shared by providers that go to one place as one, whatever model they ask', async () => {
    await using server = await replay('converse-stream')
    const haiku = bedrock(server, { model: 'global.anthropic.claude-haiku-4-5-20251001-v1:0' })
    const nova = bedrock(server, { model: 'us.amazon.nova-lite-v1:0', temperature: 0 })
    for (const provider of [haiku, nova, haiku, nova]) await provider.callApi('x')
    expect(server.connections.made).toBe(1)
    // One that is done with leaves them to the other.
    await haiku.cleanup()
    await nova.callApi('x')
    expect(server.connections.made).toBe(1)
    await nova.cleanup()
    await expect.poll(() => server.connections.open.size).toBe(0)
    // And may be called again.
    expect((await nova.callApi('x')).error).toBeUndefined()
  })

  it('are not shared by those who go there as somebody else', async () => {
    await using server = await replay('converse-stream')
    await bedrock(server).callApi('x')
    await bedrock(server, { apiKey: 'tok' }).callApi('x')
    expect(server.connections.made).toBe(2)
  })

  it('are left by errors as by replies', async () => {
    await using server = await serve((socket) =>
      socket.write(errorResponse(429, 'ThrottlingException', 'slow down')),
    )
    const provider = bedrock(server)
    for (let n = 0; n < 50; n++) await provider.callApi('x')
    expect(server.connections.made).toBe(1)
  })

  it('that a stream failed on are closed, and leave no listener on the caller’s signal', async () => {
    const frame = framesOf('converse-stream')[0] ?? Buffer.alloc(0)
    frame.fill(0, frame.length - 4)
    // The server means to say more.
    const begun = Buffer.concat([headOf('converse-stream'), chunk(frame)])
    await using server = await serve((socket) => socket.write(begun))
    const abort = new AbortController()
    const { signal } = abort
    const provider = bedrock(server)
    for (let n = 0; n < 3; n++) {
      const { metadata } = await provider.callApi('x', undefined, { abortSignal: signal })
      expect((metadata as Metadata).failure?.kind).toBe('unavailable')
    }
    expect(getEventListeners(signal, 'abort')).toEqual([])
    await expect.poll(() => server.connections.open.size).toBe(0)
  })

  it('that the server closed while they were idle are made anew', async () => {
    const bytes = recorded('converse-stream')
    await using server = await serve((socket) => socket.end(bytes))
    const provider = bedrock(server)
    for (let n = 0; n < 5; n++) {
      expect((await provider.callApi('x')).error).toBeUndefined()
      await expect.poll(() => server.connections.open.size).toBe(0)
    }
    expect(server.connections.made).toBe(5)
  })

  it('go through the proxy of the environment, unless the endpoint is on this machine', async () => {
    const bytes = recorded('converse-stream')
    await using proxy = await serve((socket) => socket.write(bytes))
    const env = { ...ENV, HTTP_PROXY: proxy.url, http_proxy: proxy.url }
    await bedrock({ url: 'http://bedrock.example' }, {}, env).callApi('x')
    expect(proxy.requests[0]?.path).toMatch(/^http:\/\/bedrock\.example(?::80)?\/model\//)
    await using server = await replay('converse-stream')
    await bedrock(server, {}, env).callApi('x')
    expect([proxy.requests.length, server.requests.length]).toEqual([1, 1])
  })
})
