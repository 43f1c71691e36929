import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'

const FIXTURES = join(import.meta.dirname, '../../fixtures/bedrock')

/** A request as it came over the wire. */
export interface Request {
  readonly method: string
  /** As it was sent: nothing decoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Answer = (socket: Socket, request: Request) => unknown

export interface WireServer extends AsyncDisposable {
  readonly url: string
  readonly requests: Request[]
  /** Of the requests, parsed. */
  readonly bodies: Record<string, unknown>[]
  /** Connections that were ever made, and those that are open. */
  readonly connections: { made: number; readonly open: Set<Socket> }
}

/** A server that reads requests and answers them with bytes, on connections that it keeps. */
export function serve(answer: Answer): Promise<WireServer> {
  const requests: Request[] = []
  const bodies: Record<string, unknown>[] = []
  const connections = { made: 0, open: new Set<Socket>() }
  const server = createServer((socket) => {
    connections.made++
    connections.open.add(socket)
    socket.on('close', () => connections.open.delete(socket))
    socket.on('error', () => {})
    let buffered = Buffer.alloc(0)
    socket.on('data', (data) => {
      buffered = Buffer.concat([buffered, data])
      for (let read = requestIn(buffered); read !== undefined; read = requestIn(buffered)) {
        buffered = buffered.subarray(read.length)
        requests.push(read.request)
        bodies.push(
          read.request.body === '' ? {} : (JSON.parse(read.request.body) as Record<string, unknown>),
        )
        answer(socket, read.request)
      }
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : undefined
      resolve({
        url: `http://127.0.0.1:${port}`,
        requests,
        bodies,
        connections,
        [Symbol.asyncDispose]: async () => {
          for (const socket of connections.open) socket.destroy()
          await new Promise((closed) => server.close(closed))
        },
      })
    })
  })
}

function requestIn(buffered: Buffer): { request: Request; length: number } | undefined {
  const end = buffered.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [start = '', ...lines] = buffered.subarray(0, end).toString('latin1').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  const length = end + 4 + Number(headers['content-length'] ?? 0)
  if (buffered.length < length) return undefined
  const [method = '', path = ''] = start.split(' ')
  return { request: { method, path, headers, body: buffered.subarray(end + 4, length).toString() }, length }
}

/** The head of a recorded response, as bytes. */
export function headOf(name: string): Buffer {
  return Buffer.from(
    `${readFileSync(join(FIXTURES, `${name}.head`), 'utf8')
      .trimEnd()
      .replaceAll('\n', '\r\n')}\r\n\r\n`,
  )
}

/** The frames of a recorded event stream. */
export function framesOf(name: string): Buffer[] {
  return readFileSync(join(FIXTURES, `${name}.hex`), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(line, 'hex'))
}

/** Bytes as one chunk of HTTP's chunked encoding. */
export function chunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

export const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** A recorded response, whole. */
export function recorded(name: string): Buffer {
  const isStream = headOf(name).includes('eventstream')
  const body = isStream
    ? Buffer.concat([...framesOf(name).map(chunk), LAST_CHUNK])
    : readFileSync(join(FIXTURES, `${name}.json`))
  return Buffer.concat([headOf(name), body])
}

/** Answers every request with a recorded response. */
export function replay(name: string): Promise<WireServer> {
  const bytes = recorded(name)
  return serve((socket) => socket.write(bytes))
}

/** An error as Bedrock sends it. */
export function errorResponse(
  status: number,
  type: string,
  message: string,
  headers: readonly string[] = [],
): Buffer {
  const body = JSON.stringify({ message })
  return Buffer.from(
    [
      `HTTP/1.1 ${status} Error`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'x-amzn-RequestId: 32ef4ce3-5d0d-4ac2-9928-b7648a98c5b2',
      `x-amzn-ErrorType: ${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
      ...headers,
      '',
      body,
    ].join('\r\n'),
  )
}
