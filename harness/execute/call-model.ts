import type { Cell } from '../model/cell.ts'
import type { Failure } from '../model/failure.ts'
import type { CallContext, Provider } from '../model/provider.ts'
import type { Attempt } from '../model/trial.ts'
import type { CutShort, Deadlines } from './deadlines.ts'
import { failureOfThrown } from './failure.ts'
import { normalise } from './reply.ts'
import type { Normalised } from './reply.ts'

/** One call to be made. */
export interface ModelRequest {
  readonly cell: Cell
  readonly provider: Provider
  /** The rendered prompt. */
  readonly prompt: string
  readonly context: CallContext
  /** False when the provider hides queueing or retries inside its call. */
  readonly trusted: boolean
  /** How long the cell waited for its slot, in milliseconds. */
  readonly queuedMs: number
}

/** Where code of the user's is named while it runs. */
export interface Marks {
  enter(name: string): () => unknown
}

/** Calls a model once and never rejects: a failure is a kind of result. Functions of this shape compose. */
export type CallModel = (request: ModelRequest) => Promise<Attempt>

/**
 * The plain call: its clock starts when the request leaves and stops when the reply is there.
 * @param now milliseconds on a monotonic clock.
 * @param watchdog told which provider is running, should it never come back.
 */
export function createCallModel(now: () => number, deadlines: Deadlines, watchdog?: Marks): CallModel {
  return (request) =>
    new Promise((resolve) => {
      const startedAt = now()
      const settle = (result: Normalised) => resolve(attemptOf(request, now() - startedAt, result))
      const deadline = deadlines.begin((why) => settle(cutShort(why, now() - startedAt)))
      const returned = (value: unknown) => {
        deadline.end()
        settle(read(value))
      }
      const threw = (error: unknown) => {
        deadline.end()
        settle({ failure: failureOfThrown(error), costUsd: 'unknown' })
      }
      if (deadline.signal.aborted) return
      const leave = watchdog?.enter(
        `asking ${request.cell.column.provider.key}, case ${request.cell.case.id}`,
      )
      try {
        const reply: unknown = request.provider.callApi(request.prompt, request.context, {
          abortSignal: deadline.signal,
        })
        Promise.resolve(reply).then(returned, threw)
      } catch (error) {
        threw(error)
      } finally {
        leave?.()
      }
    })
}

/** A reply may be an object whose very fields throw when they are read. */
function read(value: unknown): Normalised {
  try {
    return normalise(value)
  } catch (error) {
    return { failure: { ...failureOfThrown(error), kind: 'invalid' }, costUsd: 'unknown' }
  }
}

function attemptOf(request: ModelRequest, measuredMs: number, result: Normalised): Attempt {
  const { reply, failure, usage, costUsd, ttftMs, serverMs, givenLatencyMs } = result
  // A reply out of a cache took no time worth measuring: its latency is the one it had when it was made.
  const latencyMs = reply?.cached === true ? (givenLatencyMs ?? measuredMs) : measuredMs
  return {
    request: { prompt: request.prompt },
    ...(reply && { reply }),
    ...(failure && { failure }),
    timing: {
      queuedMs: request.queuedMs,
      backoffMs: 0,
      latencyMs,
      ...(ttftMs !== undefined && { ttftMs }),
      ...(serverMs !== undefined && { serverMs }),
      trusted: request.trusted && (reply?.cached !== true || givenLatencyMs !== undefined),
    },
    ...(usage && { usage }),
    costUsd,
  }
}

function cutShort(why: CutShort, afterMs: number): Normalised {
  const failure: Failure =
    why === 'timeout'
      ? { kind: 'timeout', message: `no reply after ${Math.round(afterMs)} ms` }
      : { kind: 'aborted', message: 'the run was aborted while the model was being asked' }
  return { failure, costUsd: 'unknown' }
}
