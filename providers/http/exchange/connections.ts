import type { ClientRequest, IncomingMessage } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import type { Outgoing } from '../request/outgoing.ts'
import type { Cut } from '../../shared/cut.ts'

/**
 * How long a connection that nobody uses is kept, in milliseconds: shorter than the 5 s after which uvicorn and Node's own
 * servers close theirs, so that no request leaves on a connection that is being closed.
 */
const IDLE_MS = 4000

/** The connections of one provider: kept between calls, as many as there are calls at once. */
export class Connections {
  readonly #http = new http.Agent({ keepAlive: true, timeout: IDLE_MS })
  readonly #https = new https.Agent({ keepAlive: true, timeout: IDLE_MS })

  /** Resolves once the head of the response is there. @param onLeave called as the request leaves */
  send({ url, method, headers, body }: Outgoing, cut: Cut, onLeave: () => void): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const isSecure = url.protocol === 'https:'
      const options = { method, headers: { ...headers }, agent: isSecure ? this.#https : this.#http }
      const request: ClientRequest = (isSecure ? https : http).request(url, options)
      // Stays on: a connection may also be lost after the response has begun, which then says so itself.
      request.on('error', reject)
      request.on('response', (response) => {
        cut.guard(() => response.destroy())
        resolve(response)
      })
      cut.guard(() => request.destroy())
      onLeave()
      request.end(body)
    })
  }

  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }
}
