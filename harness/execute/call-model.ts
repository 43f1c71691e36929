import type { Failure } from '../model/failure.ts'
import type { Attempt } from '../model/trial.ts'
import type { CallModel, ModelRequest } from './call.ts'
import type { Deadlines } from './deadlines.ts'
import { failureOfThrown } from './failure.ts'
import { normalise } from './reply.ts'
import type { Normalised } from './reply.ts'

interface Clock {
  now(): number
  wallClock(): Date
}

/** Where code of the user's is named while it runs. */
export interface Marks {
  enter(name: string): () => unknown
}

/**
 * The plain call, made once: its clock starts when the request leaves and stops when the reply is there.
 * @param clock `now`: milliseconds, monotonic; `wallClock` dates a Retry-After.
 * @param watchdog told which provider is running, should it never come back.
 */
export function createCallModel(clock: Clock, deadlines: Deadlines, watchdog?: Marks): CallModel {
  const wallClock = () => clock.wallClock()
  return (request) =>
    new Promise((resolve) => {
      const startedAt = clock.now()
      const tookMs = () => clock.now() - startedAt
      const settle = (measuredMs: number, result: Normalised) =>
        resolve({ attempt: attemptOf(request, measuredMs, result), earlier: [] })
      const deadline = deadlines.begin((why) => {
        if (why === 'timeout') return settle(tookMs(), timedOut(tookMs()))
        const { account } = request.spec
        resolve({ withheld: 'aborted', account, message: 'the run was aborted while the model was asked' })
      })
      const returned = (value: unknown) => {
        deadline.end()
        // Taken before the reply is read: going through a large one is not the model's time.
        const measuredMs = tookMs()
        settle(measuredMs, read(value, wallClock))
      }
      const threw = (error: unknown) => {
        deadline.end()
        settle(tookMs(), { failure: failureOfThrown(error, wallClock), costUsd: 'unknown' })
      }
      if (deadline.signal.aborted) return
      const leave = watchdog?.enter(`asking ${request.spec.key}, case ${request.caseId}`)
      try {
        Promise.resolve(request.invoke(deadline.signal)).then(returned, threw)
      } catch (error) {
        threw(error)
      } finally {
        leave?.()
      }
    })
}

/** A reply may be an object whose very fields throw when they are read. */
function read(value: unknown, wallClock: () => Date): Normalised {
  try {
    return normalise(value, wallClock)
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
      queuedMs: 0,
      backoffMs: request.backoffMs ?? 0,
      latencyMs,
      ...(ttftMs !== undefined && { ttftMs }),
      ...(serverMs !== undefined && { serverMs }),
      trusted: request.trusted && (reply?.cached !== true || givenLatencyMs !== undefined),
    },
    ...(usage && { usage }),
    costUsd,
  }
}

function timedOut(afterMs: number): Normalised {
  const failure: Failure = { kind: 'timeout', message: `no reply after ${Math.round(afterMs)} ms` }
  return { failure, costUsd: 'unknown' }
}
