import type { IncomingMessage } from 'node:http'
import { shownAddress } from '../../shared/shown-address.ts'
import { CallError } from '../call-error.ts'
import type { Outgoing } from '../request/outgoing.ts'
import type { Connections } from './connections.ts'
import { drain } from './content.ts'
import type { Cut } from '../../shared/cut.ts'

const MAX_REDIRECTS = 5

/** Sent again as it is. The other redirects turn a POST into a GET, which is no question any more. */
const KEEPS_METHOD: ReadonlySet<number> = new Set([307, 308])
const CHANGES_METHOD: ReadonlySet<number> = new Set([301, 302, 303])

export interface Exchange {
  readonly response: IncomingMessage
  /** Where the reply came from, when that is not where the request was sent. */
  readonly redirectedTo: URL | undefined
}

/**
 * Sends a request, and follows redirects within its origin: to another one go neither headers nor prompt.
 * @param onLeave called as the first request leaves
 * @throws {CallError} `invalid` for a redirect that is not followed; else what the connection throws
 */
export async function exchange(
  outgoing: Outgoing,
  connections: Connections,
  cut: Cut,
  onLeave: () => void,
): Promise<Exchange> {
  let redirectedTo: URL | undefined
  for (let hops = 0; ; hops++) {
    const url = redirectedTo ?? outgoing.url
    const response = await connections.send({ ...outgoing, url }, cut, hops === 0 ? onLeave : () => {})
    const status = response.statusCode ?? 0
    const isBare = outgoing.body === undefined && outgoing.method !== 'POST'
    const { location } = response.headers
    if (location === undefined || !(KEEPS_METHOD.has(status) || CHANGES_METHOD.has(status)))
      return { response, redirectedTo }
    drain(response)
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined
    const refuse = (why: string): never => {
      const to = next === undefined ? 'no address' : shownAddress(next.href)
      throw new CallError(
        'invalid',
        `${shownAddress(url.href)} answered ${status}, a redirect to ${to}: ${why}`,
      )
    }
    if (next === undefined || next.origin !== url.origin)
      refuse('it is not followed to another origin; if that is the backend, set `url` to it')
    if (!KEEPS_METHOD.has(status) && !isBare) refuse('it would lose the body, and is not followed')
    if (hops === MAX_REDIRECTS) refuse(`the ${MAX_REDIRECTS} before it were followed`)
    redirectedTo = next
  }
}
