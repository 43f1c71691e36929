import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import Http from '../../../providers/http.ts'
import type { Answer } from './backend.ts'
import { ask, body, failureOf, json, pieces, startBackend, told } from './backend.ts'

const SSE = 'text/event-stream'

/** A server that answers as it is told, in bytes. */
async function rawServer(answer: (socket: Socket) => void): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => new Promise((closed) => void server.close(() => closed())),
  }
}

describe('a status', () => {
  it.each([
    [400, 'invalid'],
    [401, 'auth'],
    [402, 'credit'],
    [403, 'auth'],
    [404, 'invalid'],
    [408, 'timeout'],
    [422, 'invalid'],
    [429, 'throttled'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'timeout'],
    [529, 'unavailable'],
  ])('of %i is %s, and recorded', async (status, kind) => {
    const reply = await ask(json({ detail: 'so it is' }, status))
    const failure = failureOf(reply)
    expect(failure).toMatchObject({ kind, status })
    expect(failure.message).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ answered \d+ .*: so it is$/)
    expect(reply.metadata).toMatchObject({ http: { status } })
    expect(told(reply).timing?.latencyMs).toBeGreaterThan(0)
  })

  it.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['milliseconds', { 'retry-after-ms': '250' }, 250],
    [
      'a date',
      { date: 'Tue, 01 Jul 2025 10:00:00 GMT', 'retry-after': 'Tue, 01 Jul 2025 10:00:30 GMT' },
      30_000,
    ],
  ])('of 429 is throttled, with the wait it asks for in %s', async (_what, headers, retryAfterMs) => {
    expect(failureOf(await ask(json({}, 429, headers)))).toMatchObject({ kind: 'throttled', retryAfterMs })
  })

  it.each([
    [
      'FastAPI’s validation',
      { detail: [{ loc: ['body', 'question'], msg: 'Field required', type: 'missing' }] },
      'body.question: Field required',
    ],
    ['OpenAI’s way', { error: { message: 'no such model', type: 'invalid_request_error' } }, 'no such model'],
    ['problem details', { title: 'Out of stock', status: 409 }, 'Out of stock'],
    ['what the suite names', { info: { why: 'closed on Sundays' } }, 'closed on Sundays'],
  ])('shows what the backend says: %s', async (_what, value, words) => {
    const failure = failureOf(await ask(json(value, 409), { error: 'info.why' }))
    expect(failure.message?.endsWith(`: ${words}`)).toBe(true)
  })

  it('of success that the suite does not list is invalid, and one of failure that it lists is a reply', async () => {
    expect(failureOf(await ask(json('a', 202), { status: 200 }))).toMatchObject({
      kind: 'invalid',
      status: 202,
    })
    const declined = await ask(json({ text: 'I may not say' }, 422), { output: 'text', status: ['2xx', 422] })
    expect(declined.output).toBe('I may not say')
  })

  it('is known even if the body that explains it never ends, or is lost', async () => {
    const lost = pieces('text/plain', ['over', 'load'], 'destroy')
    const failing =
      (then: Answer): Answer =>
      (asked, response) => {
        response.statusCode = 503
        const head = response.writeHead.bind(response)
        response.writeHead = ((_status: number, headers: Record<string, string>) =>
          head(503, headers)) as typeof head
        return then(asked, response)
      }
    expect(failureOf(await ask(failing(lost)))).toMatchObject({ kind: 'unavailable', status: 503 })
    const endless = await ask(failing(body('x'.repeat(1_000_000), 'text/html')))
    expect(failureOf(endless)).toMatchObject({ kind: 'unavailable', status: 503 })
    expect(failureOf(endless).message?.length).toBeLessThan(400)
  })

  it('is not told with what follows the path of the address, which may be secret', async () => {
    const { url } = await startBackend(json({}, 500))
    const provider = new Http({ config: { url: `${url}/ask?key=s3cret`, body: '{{prompt}}' } })
    expect(failureOf(await provider.callApi('a')).message).toMatch(/\/ask answered 500/)
    expect(JSON.stringify(await provider.callApi('a'))).not.toContain('s3cret')
    expect(provider.id()).toBe(`http:${url}/ask`)
  })
})

describe('a connection', () => {
  it('to what is no address is invalid, and not told with what may be secret', async () => {
    const config = { url: '{{env.HOST}}/ask?key={{env.KEY}}', body: '{{prompt}}' }
    const { kind, message } = failureOf(
      await new Http({ config, env: { HOST: 'api.example', KEY: 'hunter2' } }).callApi('a'),
    )
    expect(kind).toBe('invalid')
    expect(message).toContain('it is `api.example/ask`')
    expect(message).not.toContain('hunter2')
  })

  it('that nobody accepts is unavailable, and no time was measured', async () => {
    const server = await rawServer(() => {})
    const { url } = server
    await server[Symbol.asyncDispose]()
    const reply = await new Http({ config: { url, body: '{{prompt}}' } }).callApi('a')
    expect(failureOf(reply).kind).toBe('unavailable')
    expect(failureOf(reply).message).toContain('ECONNREFUSED')
    expect(told(reply).timing).toBeUndefined()
  })

  it('to a host that does not exist is unavailable', async () => {
    const config = { url: 'http://nowhere.invalid/', body: '{{prompt}}' }
    expect(failureOf(await new Http({ config }).callApi('a')).kind).toBe('unavailable')
  })

  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
  const later = (socket: Socket, text: string, then: () => unknown): void =>
    void socket.write(text, () => setTimeout(then, 20))

  it.each<[string, (socket: Socket) => void]>([
    ['before the head', (socket) => socket.resetAndDestroy()],
    ['within the head', (socket) => later(socket, 'HTTP/1.1 200 OK\r\nCont', () => socket.destroy())],
    [
      'within a body of known length',
      (socket) => later(socket, `${HEAD}Content-Length: 99\r\n\r\n{"a":`, () => socket.destroy()),
    ],
    [
      'by a reset within the body',
      (socket) => later(socket, `${HEAD}Content-Length: 99\r\n\r\n{"a":`, () => socket.resetAndDestroy()),
    ],
    [
      'between chunks',
      (socket) =>
        later(socket, `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`, () => socket.destroy()),
    ],
    [
      'within a chunk',
      (socket) =>
        later(socket, `${HEAD}Transfer-Encoding: chunked\r\n\r\n50\r\n{"a":`, () => socket.destroy()),
    ],
  ])('that is lost %s is unavailable', async (_where, answer) => {
    await using server = await rawServer(answer)
    const provider = new Http({ config: { url: server.url, body: '{{prompt}}' } })
    expect(failureOf(await provider.callApi('a')).kind).toBe('unavailable')
  })

  it('that is lost within a stream is unavailable, with the time of what had come', async () => {
    const answer = pieces(SSE, ['data: {"t": "a"}\n\n', 'data: {"t": "b"}\n\n'], 'destroy')
    const reply = await ask(answer, { delta: 't' })
    expect(failureOf(reply).kind).toBe('unavailable')
    expect(failureOf(reply).message).toContain('the reply was cut')
    expect(told(reply).timing?.ttftMs).toBeGreaterThan(0)
  })

  it('to a server that speaks no HTTP is invalid: it will not the next time either', async () => {
    await using server = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
    const provider = new Http({ config: { url: server.url, body: '{{prompt}}' } })
    expect(failureOf(await provider.callApi('a')).kind).toBe('invalid')
  })

  it('by TLS to a server without is invalid', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const provider = new Http({ config: { url: server.url.replace('http', 'https'), body: '{{prompt}}' } })
    expect(failureOf(await provider.callApi('a')).kind).toBe('invalid')
  })
})

describe('time', () => {
  it('is up before the head of a reply', async () => {
    const backend = await startBackend(() => {})
    const provider = new Http({ config: { url: backend.url, body: '{{prompt}}', timeoutMs: 50 } })
    const reply = await provider.callApi('a')
    expect(failureOf(reply).kind).toBe('timeout')
    expect(failureOf(reply).message).toContain('no reply after 50 ms')
    await backend.cut
  })

  it('is up within a stream, whose first output was timed', async () => {
    const backend = await startBackend(pieces(SSE, ['data: {"t": "a"}\n\n'], 'hang'))
    const provider = new Http({
      config: { url: backend.url, body: '{{prompt}}', delta: 't', timeoutMs: 500 },
    })
    const reply = await provider.callApi('a')
    expect(failureOf(reply).kind).toBe('timeout')
    expect(failureOf(reply).message).toContain('had not ended after 500 ms')
    expect(told(reply).timing?.ttftMs).toBeGreaterThan(0)
    await backend.cut
  })
})

describe('an abort', () => {
  it('before the call makes none', async () => {
    const backend = await startBackend(json('a'))
    const provider = new Http({ config: { url: backend.url, body: '{{prompt}}' } })
    const reply = await provider.callApi('a', undefined, { abortSignal: AbortSignal.abort() })
    expect(failureOf(reply).kind).toBe('aborted')
    expect(backend.asked).toEqual([])
  })

  it('before the head of a reply ends the request', async () => {
    const controller = new AbortController()
    const backend = await startBackend(() => controller.abort())
    const provider = new Http({ config: { url: backend.url, body: '{{prompt}}' } })
    const reply = await provider.callApi('a', undefined, { abortSignal: controller.signal })
    expect(failureOf(reply).kind).toBe('aborted')
    await backend.cut
  })

  it.each([
    ['a stream', pieces(SSE, ['data: {"t": "a"}\n\n'], 'hang')],
    [
      'a packed reply',
      ((_asked, response) => {
        response.writeHead(200, { 'content-type': SSE, 'content-encoding': 'gzip' })
        response.write(Buffer.from([0x1f, 0x8b, 8, 0]))
      }) satisfies Answer,
    ],
    [
      'the body of an error',
      ((_asked, response) => {
        response.writeHead(500, { 'content-type': 'text/plain' })
        response.write('it bro')
      }) satisfies Answer,
    ],
  ])('within %s ends it', async (_what, answer) => {
    const controller = new AbortController()
    const backend = await startBackend(async (asked, response) => {
      await answer(asked, response)
      setTimeout(() => controller.abort(), 20)
    })
    const provider = new Http({ config: { url: backend.url, body: '{{prompt}}', delta: 't' } })
    const reply = await provider.callApi('a', undefined, { abortSignal: controller.signal })
    expect(failureOf(reply).kind).toBe('aborted')
    await backend.cut
  })
})

describe('a redirect', () => {
  const to =
    (status: number, location: string): Answer =>
    (asked, response) => {
      if (asked.url === '/ask/') return json({ text: asked.body })(asked, response)
      return response.writeHead(status, { location }).end()
    }

  it.each([307, 308])(
    'of %i within the backend is followed, as FastAPI’s to a trailing slash, with a warning',
    async (status) => {
      const backend = await startBackend(to(status, '/ask/'))
      const provider = new Http({
        config: {
          url: `${backend.url}/ask`,
          body: 'q={{prompt}}',
          output: 'text',
          headers: { authorization: 'k' },
        },
      })
      const reply = await provider.callApi('a')
      expect(reply.output).toBe('q=a')
      expect(backend.asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([
        ['/ask', 'k'],
        ['/ask/', 'k'],
      ])
      expect(told(reply).warnings?.[0]).toContain(`redirects to ${backend.url}/ask/`)
    },
  )

  it('to another origin is not followed: neither the key nor the prompt goes there', async () => {
    const other = await startBackend(json('stolen'))
    const { url } = await startBackend(to(307, `${other.url}/ask/?token=t`))
    const config = { url, body: '{{prompt}}', headers: { authorization: 'k' } }
    const failure = failureOf(await new Http({ config }).callApi('a'))
    expect(failure.kind).toBe('invalid')
    expect(failure.message).toContain(`a redirect to ${other.url}/ask/: it is not followed`)
    expect(other.asked).toEqual([])
  })

  it('that would lose the body is not followed, and a bare GET follows it', async () => {
    const { url } = await startBackend(to(302, '/ask/'))
    expect(failureOf(await new Http({ config: { url, body: '{{prompt}}' } }).callApi('a')).kind).toBe(
      'invalid',
    )
    const got = await new Http({
      config: { url, method: 'GET', query: { q: '{{prompt}}' }, output: 'text' },
    }).callApi('a')
    expect(got.output).toBe('')
  })

  it('in a circle, or to nowhere, is invalid', async () => {
    expect(failureOf(await ask(to(307, '/'))).message).toContain('the 5 before it were followed')
    expect(failureOf(await ask(to(307, 'http://'))).kind).toBe('invalid')
  })
})
