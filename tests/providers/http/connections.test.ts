import { getEventListeners } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import Http from '../../../providers/http.ts'
import { makeCertificate } from '../../faults/server/certificate.ts'
import { failureOf, json, pieces, startBackend } from './backend.ts'

const BODY = { q: '{{prompt}}' }

describe('connections', () => {
  it('are kept: 1,000 calls one after the other use one, and none is left after cleanup', async () => {
    const backend = await startBackend((asked, response) =>
      backend.asked.length % 3 === 0
        ? json({ detail: 'no' }, 503)(asked, response)
        : json({ t: 'a' })(asked, response),
    )
    const provider = new Http({ config: { url: backend.url, body: BODY, output: 't' } })
    let replies = 0
    for (let i = 0; i < 1000; i++) if ((await provider.callApi(`q ${i}`)).output === 'a') replies++
    expect(replies).toBe(667)
    expect(backend.connections()).toBe(1)
    provider.cleanup()
    await expect.poll(() => backend.open()).toBe(0)
  })

  it('are closed where a call ends before its reply does', async () => {
    const backend = await startBackend(pieces('text/event-stream', ['data: {"t": "a"}\n\n'], 'hang'))
    const provider = new Http({ config: { url: backend.url, body: BODY, delta: 't', timeoutMs: 30 } })
    for (let i = 0; i < 20; i++) expect(failureOf(await provider.callApi('a')).kind).toBe('timeout')
    await expect.poll(() => backend.open()).toBe(0)
  })

  it('are as many as there are calls at once', async () => {
    const waiting: (() => void)[] = []
    const backend = await startBackend((asked, response) => {
      waiting.push(() => void json('a')(asked, response))
      if (waiting.length === 100) for (const answer of waiting) answer()
    })
    const provider = new Http({ config: { url: backend.url, body: BODY } })
    const replies = await Promise.all(Array.from({ length: 100 }, () => provider.callApi('a')))
    expect(replies.every(({ output }) => output === 'a')).toBe(true)
    expect(backend.connections()).toBe(100)
    provider.cleanup()
  })

  it('leave no listener on a signal that outlives them', async () => {
    const backend = await startBackend(json('a'))
    const provider = new Http({ config: { url: backend.url, body: BODY } })
    const { signal } = new AbortController()
    for (let i = 0; i < 5; i++) await provider.callApi('a', undefined, { abortSignal: signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('of two providers in one process have nothing in common', async () => {
    const [one, two] = [await startBackend(json('one')), await startBackend(json('two'))]
    const [first, second] = [one, two].map(({ url }) => new Http({ config: { url, body: BODY } }))
    const both = async (): Promise<unknown[]> =>
      (await Promise.all([first?.callApi('a'), second?.callApi('a')])).map((reply) => reply?.output)
    expect(await both()).toEqual(['one', 'two'])
    first?.cleanup()
    expect(await both()).toEqual(['one', 'two'])
    expect(two.connections()).toBe(1)
  })

  it('by TLS are made to a server whose certificate is known, and to no other', async () => {
    const certificate = makeCertificate()
    const server = createServer(certificate, (_request, response) => response.end('over TLS'))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    const config = { url: `https://127.0.0.1:${port}/`, body: BODY }
    const known = getCACertificates('default')
    try {
      const unknown = failureOf(await new Http({ config }).callApi('a'))
      expect(unknown.kind).toBe('invalid')
      expect(unknown.message).toMatch(/certificate/)
      setDefaultCACertificates([...known, certificate.cert])
      expect((await new Http({ config }).callApi('a')).output).toBe('over TLS')
    } finally {
      setDefaultCACertificates(known)
      server.closeAllConnections()
      server.close()
    }
  })
})
