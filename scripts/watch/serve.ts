import { open } from 'node:fs/promises'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream'
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import { NO_REPORT, PAGE, PAGE_POLICY } from './page.ts'

const HOST = '127.0.0.1'

/** What a report that is too large for one page has put beside it, by its address from there. */
const BESIDE = /^\/report\.data\/([\w-]+\.js)$/

/** What the page around the report shows. */
export interface WatchState {
  /** The suite, as it was named. */
  readonly title: string
  /** One line: what goes on. */
  readonly state: string
  readonly progress: { readonly finished: number; readonly planned: number } | null
  /** Why the suite cannot be run. */
  readonly error: string | null
  /** Another one has the report loaded again. */
  readonly version: number
}

/** The report of a watch on a port of this machine alone. It serves two pages and their news, and nothing else of the disk. */
export class ReportServer {
  readonly #server: Server
  readonly #listeners = new Set<ServerResponse>()
  #state: WatchState
  #report: string | undefined

  private constructor(title: string) {
    this.#state = { title, state: 'starting', progress: null, error: null, version: 0 }
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  /**
   * @param port 0 for a free one
   * @param title the suite, as it was named
   * @throws HarnessError `usage` when the port is taken
   */
  static async start(port: number, title: string): Promise<ReportServer> {
    const made = new ReportServer(title)
    await new Promise<void>((done, failed) => {
      made.#server.once('error', (cause) =>
        failed(
          new HarnessError('usage', `the report cannot be served on port ${port}: ${messageOf(cause)}`, {
            hint: 'Name another one with --port, or leave it away for a free one.',
            cause,
          }),
        ),
      )
      made.#server.listen(port, HOST, done)
    })
    return made
  }

  get url(): string {
    return `http://${HOST}:${this.#port}/`
  }

  /** @param report absolute path of the page to serve, once there is one */
  update(state: Partial<WatchState>, report?: string): void {
    this.#state = { ...this.#state, ...state }
    this.#report = report ?? this.#report
    for (const listener of this.#listeners) listener.write(this.#news())
  }

  async close(): Promise<void> {
    for (const listener of this.#listeners) listener.end()
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  #news(): string {
    return `event: state\ndata: ${JSON.stringify(this.#state)}\n\n`
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'no-referrer')
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
    if (!this.#isOurs(request)) return refuse(response, 403, 'This address is not served here.')
    if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET')
      return refuse(response, 405, 'Only GET is answered.')
    }
    if (request.url === '/') return send(response, PAGE, PAGE_POLICY)
    if (request.url === '/report') return this.#sendReport(response)
    if (request.url === '/events') return this.#listen(response)
    const [, name] = BESIDE.exec(request.url ?? '') ?? []
    if (name !== undefined) return this.#sendBeside(name, response)
    return refuse(response, 404, 'There is nothing here.')
  }

  /** A page elsewhere may have its own name lead to this address: it still says that name. */
  #isOurs({ headers: { host, origin } }: IncomingMessage): boolean {
    const names = [`${HOST}:${this.#port}`, `localhost:${this.#port}`]
    if (host === undefined || !names.includes(host)) return false
    return origin === undefined || names.some((name) => origin === `http://${name}`)
  }

  /** The report brings its own policy: this one only says who may put it in a frame. */
  async #sendReport(response: ServerResponse): Promise<void> {
    response.setHeader('Content-Security-Policy', "frame-ancestors 'self'")
    if (this.#report !== undefined && (await sendFile(this.#report, response, 'text/html; charset=utf-8')))
      return
    send(response, NO_REPORT, "default-src 'none'; frame-ancestors 'self'")
  }

  async #sendBeside(name: string, response: ServerResponse): Promise<void> {
    const file = this.#report === undefined ? undefined : join(dirname(this.#report), 'report.data', name)
    if (file === undefined || !(await sendFile(file, response, 'text/javascript; charset=utf-8')))
      refuse(response, 404, 'There is nothing here.')
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(this.#news())
    this.#listeners.add(response)
    response.on('close', () => this.#listeners.delete(response))
  }
}

/** @returns false where there is no such file */
async function sendFile(file: string, response: ServerResponse, type: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined)
  const found = await handle?.stat()
  if (handle === undefined || found?.isFile() !== true) {
    await handle?.close()
    return false
  }
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': found.size })
  pipeline(handle.createReadStream(), response, () => {})
  return true
}

function send(response: ServerResponse, html: string, policy: string): void {
  response.setHeader('Content-Security-Policy', policy)
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html)
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${why}\n`)
}
