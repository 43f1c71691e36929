import { get } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountScript, Step } from './server/script.ts'
import type { FaultServer } from './start-server.ts'
import { startServer } from './start-server.ts'

let server: FaultServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

async function ask(account: string, prompt: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/call/${account}`, { method: 'POST', body: prompt, ...init })
}

async function follow(step: Step | AccountScript): Promise<void> {
  const script = 'do' in step ? { faults: { steps: [step] } } : step
  await server.follow({ accounts: { a: script } })
}

async function failureOf(asked: Promise<Response>): Promise<string> {
  try {
    await (await asked).text()
    return 'none'
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string } }
    return cause?.code ?? `${name}: ${message}`
  }
}

describe('the fault server', () => {
  it('answers each prompt by its own count of tries, and always alike', async () => {
    await follow({ do: 'status', status: 503 })
    expect((await ask('a', 'one')).status).toBe(503)
    expect((await ask('a', 'two')).status).toBe(503)
    expect(await (await ask('a', 'one')).json()).toEqual({
      text: 're: one (round 0)',
      usage: { in: 12, out: 4 },
    })
    expect((await ask('a', 'one\nre: one')).status).toBe(503)
    expect(await (await ask('b', 'one\nre: one')).json()).toMatchObject({ text: 're: one (round 1)' })
  })

  it('asks for a wait in seconds, or until a date', async () => {
    await follow({ do: 'status', status: 429, retryAfter: 2 })
    expect((await ask('a', 'x')).headers.get('retry-after')).toBe('2')
    await follow({ do: 'status', status: 429, retryAfter: { date: 2 } })
    const { headers } = await ask('a', 'x')
    const wait = Date.parse(headers.get('retry-after') ?? '') - Date.parse(headers.get('date') ?? '')
    expect([2000, 3000]).toContain(wait)
  })

  it('resets connections, before a word and in the middle of one', async () => {
    await follow({ do: 'reset', when: 'before' })
    expect(await failureOf(ask('a', 'x'))).toBe('ECONNRESET')
    await follow({ do: 'reset', when: 'during' })
    expect(['ECONNRESET', 'UND_ERR_SOCKET']).toContain(await failureOf(ask('a', 'x')))
  })

  it('hangs until the client goes, and notes that it was not answered', async () => {
    await follow({ do: 'hang' })
    expect(await failureOf(ask('a', 'x', { signal: AbortSignal.timeout(100) }))).toContain('TimeoutError')
    await expect
      .poll(async () => (await server.log()).at(-1))
      .toMatchObject({ given: 'hang', answered: false })
    expect((await server.log()).at(-1)?.tookMs).toBeGreaterThan(90)
  })

  it('turns away what is over the limit of a window', async () => {
    await follow({ rate: { window: 'sliding', requests: 3, windowMs: 60_000, retryAfter: 60 } })
    const replies = await Promise.all(['1', '2', '3', '4', '5'].map((prompt) => ask('a', prompt)))
    expect(replies.filter(({ ok }) => ok)).toHaveLength(3)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(2)
  })

  it('hands over bodies that are no JSON, of another type, or endless', async () => {
    await follow({ do: 'garbage' })
    await expect((await ask('a', 'x')).json()).rejects.toThrow(SyntaxError)
    await follow({ do: 'page' })
    expect((await ask('a', 'x')).headers.get('content-type')).toBe('text/html')
    await follow({ do: 'flood', bytes: 1_000_000 })
    expect((await (await ask('a', 'x')).text()).length).toBeGreaterThan(1_000_000)
  })

  it('speaks TLS with a certificate of its own, after the handshake it was told to delay', async () => {
    await server.follow({ handshakeMs: [50] })
    const reply = new Promise<string>((resolve, reject) => {
      get(`${server.secureUrl}/log`, { ca: server.cert }, (response) => resolve(text(response))).on(
        'error',
        reject,
      )
    })
    expect(JSON.parse(await reply)).toEqual(await server.log())
  })

  it('tells when so many calls have come, and how many were being answered at once', async () => {
    const { length } = await server.log()
    const reached = server.reached(length + 3)
    await follow({ latency: { medianMs: 20, sigma: 0.5 } })
    await Promise.all(['1', '2', '3'].map((prompt) => ask('a', prompt)))
    await reached
    const log = (await server.log()).slice(length)
    expect(log.map(({ inFlight }) => inFlight)).toEqual([1, 2, 3])
    expect(log.every(({ answered, tookMs }) => answered && (tookMs ?? 0) > 5)).toBe(true)
  })
})
