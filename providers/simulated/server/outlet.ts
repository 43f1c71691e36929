import type { ServerResponse } from 'node:http'
import type { Bytes, Headers } from './protocol.ts'

/** Until what was written has left the machine, before its connection is reset: a reset takes with it what is under way. */
const UNDER_WAY_MS = 10

/** The way out to one client. Whatever waits here ends when the client goes. */
export class Outlet {
  readonly #response: ServerResponse
  #timer: NodeJS.Timeout | undefined
  #wake: (() => void) | undefined

  constructor(response: ServerResponse) {
    this.#response = response
    response.on('close', () => {
      clearTimeout(this.#timer)
      this.#wake?.()
    })
  }

  get isGone(): boolean {
    return this.#response.destroyed
  }

  /** Waits, without a limit for ever: until the client goes. Resolves with false when it has gone. */
  async pause(ms = Infinity): Promise<boolean> {
    if (this.isGone) return false
    if (ms < 0.5) return true
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (ms !== Infinity) this.#timer = setTimeout(resolve, ms)
    })
    return !this.isGone
  }

  head(status: number, headers: Headers): void {
    this.#response.writeHead(status, headers)
    this.#response.flushHeaders()
  }

  write(pieces: readonly Bytes[]): void {
    if (pieces.length === 0 || this.isGone) return
    this.#response.write(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces.map(bufferOf)))
  }

  end(): void {
    this.#response.end()
  }

  whole(status: number, headers: Headers, body: string): void {
    const bytes = Buffer.from(body)
    this.#response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes)
  }

  /** Resets the connection once what was written has left. */
  async reset(): Promise<void> {
    if (this.#response.headersSent) await this.pause(UNDER_WAY_MS)
    this.#response.socket?.resetAndDestroy()
  }
}

export function bufferOf(bytes: Bytes): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes) : bytes
}
