import { shownAddress } from '../../shared/shown-address.ts'
import { laidOver } from '../request/body.ts'
import type { Body } from '../request/body.ts'
import { turnToLeave, turnToRead } from './turns.ts'

interface Clock {
  now(): number
}

/** What is to become of a request on its way out. */
export interface Outgoing {
  /** Laid over the body that the AI SDK made. */
  readonly body: Body
  readonly isStreamed: boolean
  /** False where there is no key: none is sent then. */
  readonly isAuthorised: boolean
  onDeparture(): void
}

/** What came is not what was asked for, and would be the same the next time. */
export class WrongReplyError extends Error {
  override readonly name = 'WrongReplyError'
}

const SECRET_HEADERS = ['authorization', 'x-api-key', 'x-goog-api-key']

/** Characters of a reply that are shown where it is none. */
const EXCERPT = 500

/**
 * One call's way over the wire, as the AI SDK's `fetch`: it notes when the request leaves and when the last byte is there, so that
 * the time measured is the model's, and keeps what the response says of itself.
 */
export class Exchange {
  /** Milliseconds on the clock. */
  startedAt: number | undefined
  /** When the latest bytes came; with them, the end. */
  lastByteAt: number | undefined
  status: number | undefined
  statusText = ''
  headers: Headers | undefined
  /** More than one only where a vendor's protocol asks for a reply in several parts: Gemini's CONTINUATION. */
  requests = 0
  readonly #outgoing: Outgoing
  readonly #clock: Clock

  constructor(outgoing: Outgoing, clock: Clock) {
    this.#outgoing = outgoing
    this.#clock = clock
  }

  readonly fetch: typeof fetch = async (url, init = {}) => {
    const sent = {
      ...init,
      body: this.#bodyOf(init.body),
      headers: this.#headersOf(new Headers(init.headers)),
      // Followed, it would hand the key and the prompt to whatever place it names.
      redirect: 'manual' as const,
    }
    await turnToLeave()
    init.signal?.throwIfAborted()
    // The AI SDK would give the last part alone.
    if (this.requests > 0 && !this.#outgoing.isStreamed)
      throw new WrongReplyError('the reply comes in several parts: ask for it as a stream')
    this.requests++
    this.#outgoing.onDeparture()
    this.startedAt ??= this.#clock.now()
    const response = await fetch(url, sent)
    await turnToRead()
    this.status = response.status
    this.statusText = response.statusText
    this.headers = response.headers
    await refuseRedirect(response)
    if (response.body === null) return response
    if (this.#outgoing.isStreamed && response.ok) await requireEventStream(response)
    return new Response(this.#noted(response.body), response)
  }

  /** The AI SDK sends JSON as text. */
  #bodyOf(body: unknown): string {
    const text = body as string
    if (Object.keys(this.#outgoing.body).length === 0) return text
    return JSON.stringify(laidOver(JSON.parse(text) as Body, this.#outgoing.body))
  }

  #headersOf(headers: Headers): Headers {
    if (!this.#outgoing.isAuthorised) for (const name of SECRET_HEADERS) headers.delete(name)
    return headers
  }

  #noted(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader()
    return new ReadableStream({
      pull: async (controller) => {
        const { done, value } = await reader.read()
        this.lastByteAt = this.#clock.now()
        await turnToRead()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    })
  }
}

async function refuseRedirect({ status, headers, body, url: from }: Response): Promise<void> {
  const location = headers.get('location')
  if (status < 300 || status >= 400 || location === null) return
  await body?.cancel()
  const to = URL.canParse(location, from) ? shownAddress(new URL(location, from).href) : 'no address'
  throw new WrongReplyError(
    `answered ${status}, a redirect to ${to}: it is not followed; if the API is there, set \`baseUrl\` to it`,
  )
}

async function requireEventStream(response: Response): Promise<void> {
  const type = response.headers.get('content-type') ?? ''
  // Servers that say nothing of the type are believed.
  if (type === '' || type.includes('text/event-stream')) return
  let text = ''
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece
    if (text.length >= EXCERPT) break
  }
  throw new WrongReplyError(`asked for an event stream, and got ${type}: ${text.trim().slice(0, EXCERPT)}`)
}
