import type { IncomingHttpHeaders } from 'node:http'
import type { Prefix } from '../prompt-cache.ts'
import type { ProtocolName } from './step.ts'

/** What a request asks of a model, whichever protocol it came by. */
export interface Asked {
  readonly model: string
  readonly isStream: boolean
  readonly system: readonly string[]
  readonly turns: readonly Turn[]
  /** Pictures and documents: they are counted, and not looked at. */
  readonly attachments: number
  readonly tools: readonly ToolOffer[]
  readonly toolChoice: 'auto' | 'none' | 'any' | { readonly name: string }
  /** A reply in JSON is asked for: by this schema, or by any. */
  readonly json?: { readonly schema: unknown } | undefined
  readonly maxTokens?: number | undefined
  readonly temperature?: number | undefined
  readonly stopSequences: readonly string[]
  /** Beginnings of the prompt that are to be kept in the model's prompt cache, the shortest first. */
  readonly prefixes: readonly Prefix[]
  /** What the reply repeats of the request: service tier, latency… Each protocol knows its own. */
  readonly echoed: Readonly<Record<string, unknown>>
}

export interface Turn {
  readonly role: 'user' | 'assistant' | 'tool'
  readonly text: string
}

export interface ToolOffer {
  readonly name: string
  readonly description?: string | undefined
  /** JSON schema. */
  readonly parameters?: unknown
}

/** A reply, before it is put into the words of a protocol. */
export interface Completion {
  /** Of the request: a UUID. */
  readonly id: string
  readonly model: string
  /** Seconds since the epoch. */
  readonly createdAt: number
  readonly parts: readonly ReplyPart[]
  readonly stop: 'end' | 'max-tokens' | 'stop-sequence' | 'tool-use' | 'refusal' | 'guardrail'
  readonly stopSequence?: string | undefined
  /** Undefined where the reply is to keep quiet about it. */
  readonly usage: TokenCounts | undefined
  readonly echoed: Asked['echoed']
  /** Milliseconds since the request arrived, and until the first output left. */
  readonly tookMs: () => number
  readonly firstMs: () => number
}

export type ReplyPart =
  | { readonly is: 'text'; readonly text: string }
  /** `json`: the arguments as the model wrote them, which may be no JSON. */
  | { readonly is: 'tool'; readonly id: string; readonly name: string; readonly json: string }

/** `input` is without what was read from the cache and written to it; `cacheWrite` includes `cacheWrite1h`. */
export interface TokenCounts {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly cacheWrite1h: number
}

/** One moment of a reply that is streamed. */
export type StreamEvent =
  | { readonly is: 'start' }
  | { readonly is: 'part'; readonly index: number; readonly part: ReplyPart }
  | { readonly is: 'delta'; readonly index: number; readonly part: ReplyPart; readonly text: string }
  | { readonly is: 'part-end'; readonly index: number; readonly part: ReplyPart }
  | { readonly is: 'end' }

export type Bytes = string | Uint8Array
export type Headers = Readonly<Record<string, string>>

export interface WireReply {
  readonly headers: Headers
  readonly body: string
}

export interface WireStream {
  readonly headers: Headers
  /** What is sent of an event; nothing where the protocol has no word for it. */
  encode(event: StreamEvent): Bytes | undefined
  /** An error in the midst of the stream. */
  fail(name: string, message: string): Bytes
}

/** A request that is answered with an error, in the words of its protocol. */
export class WireError extends Error {
  readonly status: number
  /** `ValidationException`, `invalid_request_error`, `INVALID_ARGUMENT`… */
  readonly type: string
  /** What else the protocol tells: OpenAI's `code` and `param`. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    type: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.status = status
    this.type = type
    this.details = details
  }
}

/** What all endpoints of a vendor have in common. */
export interface Dialect {
  readonly name: ProtocolName
  /** @throws {WireError} where a request has no credentials, or none that look like any */
  authorize(headers: IncomingHttpHeaders, query: URLSearchParams): void
  /** What it calls an HTTP status, and says of it. */
  nameStatus(status: number): { readonly type: string; readonly message: string }
  /** @param needsProfile true where the model is there, through an inference profile alone */
  refuseModel(model: string, needsProfile: boolean): WireError
  tooLong(tokens: number, window: number): WireError
  malformed(message: string): WireError
  error(error: WireError, id: string): WireReply
}

/** One of a vendor's calls. */
export interface Endpoint {
  readonly dialect: Dialect
  /** As logs call it: `converse-stream`, `chat`… */
  readonly name: string
  /**
   * @param model as the path names it; undefined where the body does
   * @throws {WireError} where the body asks for something that the vendor would refuse
   */
  read(body: unknown, model: string | undefined): Asked
  reply(completion: Completion): WireReply
  stream(completion: Completion): WireStream
}
