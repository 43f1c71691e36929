import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PromptCache } from '../prompt-cache.ts'
import { loadTokenizer } from '../tokens.ts'
import type { LoggedCall, Stats } from './call-log.ts'
import { CallLog } from './call-log.ts'
import { faultsOf } from './fault-plan.ts'
import type { Service } from './handle.ts'
import { handleCall } from './handle.ts'
import { Repeats } from './repeats.ts'
import { routeOf } from './routes.ts'
import type { FaultPlan, ScriptedRequest, Step } from './step.ts'

export interface SimulatedServerOptions {
  /** Default: one that is free. */
  readonly port?: number | undefined
  /** Default 127.0.0.1. */
  readonly host?: string | undefined
  /** Factor on the models' waiting times; 0, the default, waits for nothing. */
  readonly timeScale?: number | undefined
  readonly seed?: number | undefined
  readonly faults?: FaultPlan | undefined
  /** How a request is answered; undefined leaves it to the plan of faults, and without one to the model. */
  readonly script?: ((request: ScriptedRequest) => Step | undefined) | undefined
  /** Milliseconds that only ever grow. */
  readonly clock?: { now(): number } | undefined
}

export interface SimulatedServer extends AsyncDisposable {
  /** `http://127.0.0.1:40123` */
  readonly url: string
  readonly port: number
  /** Every call so far that the vendor would not have refused, in the order they came; of very many, the latest. */
  readonly log: readonly LoggedCall[]
  stats(): Stats
  /** Ends every connection and resolves once nothing is left of it. */
  close(): Promise<void>
}

/** Connections that may wait to be accepted. */
const BACKLOG = 4096
/** Clients keep connections open for longer than Node's five seconds, and would lose a race against it. */
const KEEP_ALIVE_MS = 120_000

/**
 * Serves the simulated models on loopback, behind the wire protocols of Bedrock, OpenAI, Gemini and Anthropic.
 * @throws {Error} of Node, with its `code`, where the port cannot be listened on
 */
export async function startSimulatedServer(options: SimulatedServerOptions = {}): Promise<SimulatedServer> {
  const { port = 0, host = '127.0.0.1', timeScale = 0, seed = 0, clock = performance } = options
  const log = new CallLog()
  const service: Service = {
    models: {
      tokenizer: await loadTokenizer(),
      cache: new PromptCache(),
      seed,
      timeScale,
      now: () => clock.now(),
    },
    repeats: new Repeats(),
    log,
    stepFor: (request, key) =>
      options.script?.(request) ?? plannedStep(options.faults, request, key, seed) ?? { do: 'reply' },
  }
  let connections = 0
  const stats = (): Stats => log.stats(connections)
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, (request, response) => {
    serve(request, response, service, stats)
  })
  server.on('connection', (socket) => {
    connections++
    socket.on('close', () => connections--)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, BACKLOG, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    port: actual,
    log: log.calls,
    stats,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function plannedStep(
  plan: FaultPlan | undefined,
  request: ScriptedRequest,
  key: string,
  seed: number,
): Step | undefined {
  return plan === undefined ? undefined : faultsOf(key, request, plan, seed)[request.nth]
}

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  service: Service,
  stats: () => Stats,
): void {
  const [path = ''] = (request.url ?? '').split('?')
  const route = request.method === 'POST' ? routeOf(path) : undefined
  if (route !== undefined) {
    // It rejects when the connection goes while the request is being read.
    handleCall(request, response, route, service).catch(() => response.destroy())
    return
  }
  request.resume()
  const told =
    path === '/simulate/stats' ? stats() : path === '/simulate/calls' ? service.log.calls : undefined
  response.writeHead(told === undefined ? 404 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(told ?? { message: `no such path: ${request.method} ${path}` }))
}
