import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll } from 'vitest'
import type { Failure } from '../../../harness/model/failure.ts'
import type { ProviderResponse, Told } from '../../../harness/model/provider.ts'
import Http from '../../../providers/http.ts'

/** A request as the backend got it. */
export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Answer = (asked: Asked, response: ServerResponse) => unknown

/** A backend on loopback, over real sockets. */
export interface Backend {
  readonly url: string
  readonly asked: Asked[]
  /** Connections that were made, ever. */
  connections(): number
  /** Connections that are open now. */
  open(): number
  /** The requests that were closed by the client before they were answered in full. */
  readonly cut: Promise<void>
}

const running: { close(): void }[] = []
afterAll(() => {
  for (const each of running.splice(0)) each.close()
})

/** Starts a backend that answers every request so; it is stopped when the tests of the file are over. */
export async function startBackend(answer: Answer): Promise<Backend> {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const cut = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) cut.resolve()
    })
    void readBody(request).then((body) => {
      const { method = '', url = '', headers } = request
      const each = { method, url, headers, body }
      asked.push(each)
      return answer(each, response)
    })
  })
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  running.push({
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  })
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    connections: () => connections,
    open: () => sockets.size,
    cut: cut.promise,
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_asked, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(value))
  }
}

/** Answers with bytes, or text. */
export function body(content: string | Buffer, type: string, headers: Record<string, string> = {}): Answer {
  return (_asked, response) => {
    response.writeHead(200, { 'content-type': type, ...headers })
    response.end(content)
  }
}

/** Answers piece by piece, each in a write of its own that has left before the next is written. */
export function pieces(
  type: string,
  parts: readonly (string | Buffer)[],
  then: 'end' | 'destroy' | 'hang' = 'end',
): Answer {
  return async (_asked, response) => {
    response.writeHead(200, { 'content-type': type })
    for (const part of parts) {
      await new Promise((written) => response.write(part, written))
      await new Promise((later) => setTimeout(later, 5))
    }
    if (then === 'end') response.end()
    if (then === 'destroy') response.destroy()
  }
}

/** What a backend makes of a call. */
export async function ask(
  answer: Answer,
  config: Record<string, unknown> = {},
  prompt = 'How late is it?',
): Promise<ProviderResponse> {
  const { url } = await startBackend(answer)
  return new Http({ config: { url, body: { question: '{{prompt}}' }, ...config } }).callApi(prompt)
}

/** The failure a response tells, with promptfoo's `error`, which must be the same. */
export function failureOf(response: ProviderResponse): Partial<Failure> {
  const failure = told(response).failure
  if (failure === undefined) throw new Error(`no failure: ${JSON.stringify(response)}`)
  if (response.error !== failure.message || response.output !== undefined)
    throw new Error(`not a failure promptfoo understands: ${JSON.stringify(response)}`)
  return failure
}

export function told(response: ProviderResponse): Told {
  return response.metadata as Told
}
