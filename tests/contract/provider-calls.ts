import { afterAll, beforeAll, expect } from 'vitest'
import type { Failure } from '../../harness/model/failure.ts'
import { FAILURE_KINDS } from '../../harness/model/failure.ts'
import type { Provider, ProviderResponse, Told } from '../../harness/model/provider.ts'
import type { SimulatedServer } from '../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import type { ScriptedRequest, Step } from '../../providers/simulated/server/step.ts'
import type { WireMode } from './provider-modes.ts'
import { make, SECRETS } from './provider-modes.ts'

type Script = (request: ScriptedRequest) => Step | undefined

/** A server that does what it is told, for the tests of one file. */
export interface Scripted {
  readonly server: SimulatedServer
  /** Requests so far. */
  readonly requests: readonly ScriptedRequest[]
  /** @returns when the next request was there */
  play(step: Step | Script): Promise<void>
}

export function scripted(): Scripted {
  let server: SimulatedServer | undefined
  let script: Script = () => undefined
  let onRequest = (): void => {}
  const requests: ScriptedRequest[] = []
  beforeAll(async () => {
    server = await startSimulatedServer({
      script: (request) => {
        requests.push(request)
        onRequest()
        return script(request)
      },
    })
  })
  afterAll(() => server?.close())
  return {
    get server() {
      if (server === undefined) throw new Error('the server has not been started')
      return server
    },
    requests,
    play(next) {
      script = typeof next === 'function' ? next : () => next
      return new Promise((resolve) => {
        onRequest = resolve
      })
    },
  }
}

interface Asking {
  readonly prompt?: string
  readonly config?: object
  readonly model?: string
  readonly signal?: AbortSignal
  /** How many requests the server is to see. */
  readonly requests?: number
}

export type Response = ProviderResponse & { readonly metadata: Told & Readonly<Record<string, unknown>> }

/** Asks once by a provider of its own, and holds the response to what every response is held to. */
export async function ask(
  { server }: Scripted,
  mode: WireMode,
  { prompt = 'Say yes.', config, model, signal, requests = 1 }: Asking = {},
): Promise<Response> {
  const provider = make(mode, { ...mode.config(server.url, model), ...config })
  try {
    const before = server.stats().calls
    const startedAt = performance.now()
    const response = await provider.callApi(prompt, undefined, signal && { abortSignal: signal })
    const tookMs = performance.now() - startedAt
    expect(server.stats().calls - before, 'requests').toBe(requests)
    return held(response, tookMs)
  } finally {
    await provider.cleanup?.()
  }
}

/** The contract of one response, whatever became of the call. @param tookMs as whoever called measured it */
export function held(response: ProviderResponse, tookMs = Infinity): Response {
  const { output, error, metadata = {} } = response
  const text = JSON.stringify(response)
  expect(JSON.parse(text)).toEqual(response)
  for (const secret of SECRETS) expect(text).not.toContain(secret)
  const { failure, timing } = metadata as Told
  if (failure === undefined) {
    expect(error).toBeUndefined()
    expect(output).toBeDefined()
  } else {
    expect(output).toBeUndefined()
    expect(FAILURE_KINDS).toContain(failure.kind)
    expect(failure.message).toMatch(/\S/)
    expect(error).toBe(failure.message)
  }
  const { latencyMs = 0, ttftMs = 0 } = timing ?? {}
  expect(ttftMs).toBeGreaterThanOrEqual(0)
  expect(latencyMs).toBeLessThanOrEqual(tookMs)
  if (timing?.latencyMs !== undefined) expect(ttftMs).toBeLessThanOrEqual(latencyMs)
  return response as Response
}

/** Why a call failed. Throws what came of it if it did not. */
export function failureOf({ output, metadata }: Response): Failure {
  const { failure } = metadata
  if (failure === undefined) throw new Error(`it replied: ${JSON.stringify(output)}`)
  return failure as Failure
}

/** What was said. Throws why not, if nothing was. */
export function textOf({ output, error }: ProviderResponse): string {
  if (output === undefined) throw new Error(`there was no reply: ${error}`)
  return typeof output === 'string' ? output : JSON.stringify(output)
}

/** Asks several times at once. */
export function askAll(provider: Provider, prompts: readonly string[]): Promise<ProviderResponse[]> {
  return Promise.all(prompts.map((prompt) => provider.callApi(prompt)))
}
