import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A request as it came over the wire. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: Record<string, unknown>
}

/** How one request is answered. */
export interface Script {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Bytes of the body that are sent at a time, with a pause between; all at once where it is left out. */
  readonly pieces?: number
  /** What comes after the body: its end, the connection's, or nothing at all. Before: not even headers are sent. */
  readonly after?: 'end' | 'reset' | 'hang'
  readonly before?: 'reset' | 'hang'
}

export interface VendorServer extends AsyncDisposable {
  readonly url: string
  readonly received: Received[]
  /** Connections that are open now. */
  connections(): Promise<number>
  answer(script: Script | ((request: Received) => Script)): void
}

/** A server on loopback that says what it is told, byte by byte. */
export async function startVendor(): Promise<VendorServer> {
  const received: Received[] = []
  let script: (request: Received) => Script = () => ({ status: 500 })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const got = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        text,
        body: JSON.parse(text) as Record<string, unknown>,
      }
      received.push(got)
      play(script(got), response).catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    answer(next) {
      script = typeof next === 'function' ? next : () => next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function play(script: Script, response: ServerResponse): Promise<void> {
  const { status = 200, headers = {}, body = '', pieces, after = 'end', before } = script
  if (before === 'hang') return
  if (before === 'reset') return void response.socket?.destroy()
  const type =
    body.startsWith('data:') || body.startsWith('event:') ? 'text/event-stream' : 'application/json'
  response.writeHead(status, { 'content-type': type, ...headers })
  const bytes = Buffer.from(body)
  const size = pieces ?? Math.max(1, bytes.length)
  for (let start = 0; start < bytes.length; start += size) {
    response.write(bytes.subarray(start, start + size))
    if (pieces !== undefined) await sleep(1)
  }
  if (after === 'end') response.end()
  if (after === 'hang') response.flushHeaders()
  if (after === 'reset') {
    // What was written has to be there first.
    await sleep(20)
    response.socket?.destroy()
  }
}

/** Bytes as a vendor documents them: `openai/completion.sse`. */
export function fixture(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url)), 'utf8')
}
