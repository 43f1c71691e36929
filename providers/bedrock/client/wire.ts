import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Call } from './call.ts'
import { Unreadable } from './unreadable.ts'

/** In milliseconds: the handshake alone. */
const CONNECTION_TIMEOUT_MS = 10_000

/** As many connections as there are calls: how many these may be is the engine's to say, and waiting is not the model's time. */
const CONNECTIONS = {
  keepAlive: true,
  maxSockets: Infinity,
  maxFreeSockets: 4096,
  scheduling: 'lifo',
} as const

type Handler = Pick<
  NodeHttpHandler,
  'handle' | 'destroy' | 'updateHttpClientConfig' | 'httpHandlerConfigs' | 'metadata'
>

interface Watched {
  readonly call: Call
  /** True where the answer is an event stream. */
  readonly isFramed: boolean
}

/** Calls by the input of their command, and by the request that became of it. */
const byInput = new WeakMap<object, Watched>()
const byRequest = new WeakMap<object, Call>()

/** From here on what is sent with this input is this call's. */
export function watch<T extends object>(input: T, call: Call, { isFramed = false } = {}): T {
  byInput.set(input, { call, isFramed })
  return input
}

/**
 * HTTP/1.1 over kept connections. The client's default is HTTP/2 with a connection of its own for every call. The signal of a
 * call is looked up here, so that one stack of middleware serves all calls: building it takes a tenth of a call's time.
 */
export function createHandler(
  Node: typeof NodeHttpHandler,
  proxyEnv: Readonly<Record<string, string>> | undefined,
): Handler {
  const agents = { ...CONNECTIONS, ...(proxyEnv !== undefined && { proxyEnv }) }
  const node = new Node({
    httpAgent: new HttpAgent(agents),
    httpsAgent: new HttpsAgent(agents),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
  })
  return {
    metadata: node.metadata,
    handle: (request) => {
      const call = byRequest.get(request)
      return node.handle(request, call && { abortSignal: call.signal })
    },
    destroy: () => node.destroy(),
    updateHttpClientConfig: (key, value) => node.updateHttpClientConfig(key, value),
    httpHandlerConfigs: () => node.httpHandlerConfigs(),
  }
}

/** The last thing before the request leaves, and the first to see the response. */
export function observe(client: BedrockRuntimeClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const watched = byInput.get(args.input)
      if (watched === undefined) return next(args)
      const { call, isFramed } = watched
      byRequest.set(args.request as object, call)
      call.departs()
      const result = await next(args)
      const { statusCode, headers, body } = result.response as Response
      call.answers(statusCode, headers)
      body.once('end', () => call.ends())
      if (isFramed && statusCode < 300) requireFrames(headers)
      return result
    },
    { name: 'observeWire', step: 'deserialize', priority: 'low' },
  )
}

/**
 * Read as frames, the page of a proxy looks like one that was cut, of a length that its letters happen to spell.
 * @throws Unreadable for an answer that says of itself that it is a text
 */
function requireFrames(headers: Response['headers']): void {
  const type = headers['content-type'] ?? ''
  if (!/^text\/|[/+](?:json|xml)\b/i.test(type)) return
  throw new Unreadable(`the answer is \`${type}\`, and not an event stream: it is not a reply of Bedrock`)
}

interface Response {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: NodeJS.ReadableStream
}
