import type { Failure } from '../model/failure.ts'
import { failureOfThrown } from '../model/failures/failure-of.ts'
import type { Attempt } from '../model/trial.ts'
import type { Cost } from '../model/usage.ts'
import type { Prices } from '../pricing/open-prices.ts'
import type { CallModel, ModelRequest } from './call.ts'
import { CallWarnings } from './call-warnings.ts'
import { costOfCall } from './cost-of-call.ts'
import type { Deadlines } from './deadlines.ts'
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

export interface CallModelDeps {
  /** `now`: milliseconds, monotonic; `wallClock` dates a Retry-After, and is the day whose prices hold. */
  readonly clock: Clock
  readonly deadlines: Deadlines
  /** Without them a call costs what its provider tells. */
  readonly prices?: Prices | undefined
  /** Told which provider is running, should it never come back. */
  readonly watchdog?: Marks | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

/** The plain call, made once and priced: its clock starts when the request leaves and stops when the reply is there. */
export function createCallModel(deps: CallModelDeps): CallModel {
  const { clock, deadlines, prices, watchdog } = deps
  const wallClock = () => clock.wallClock()
  const warnings = new CallWarnings(deps.onWarning ?? (() => {}))
  return (request) =>
    new Promise((resolve) => {
      const startedAt = clock.now()
      const tookMs = () => clock.now() - startedAt
      const settle = (measuredMs: number, result: Normalised) => {
        warnings.tell(request.spec.key, result.warnings)
        const costUsd = costOfCall(request, result, prices, wallClock)
        resolve({ attempt: attemptOf(request, measuredMs, result, costUsd), earlier: [] })
      }
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
        settle(tookMs(), failed(failureOfThrown(error, wallClock)))
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
    return failed({ ...failureOfThrown(error), kind: 'invalid' })
  }
}

function attemptOf(request: ModelRequest, measuredMs: number, result: Normalised, costUsd: Cost): Attempt {
  const { reply, failure, usage, ttftMs, serverMs, givenLatencyMs } = result
  const latencyMs = latencyOf(result, measuredMs)
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

/**
 * A reply out of a cache took no time worth measuring: its latency is the one it had when it was made. Of any other the provider may
 * know better when the request left, but not that it took longer than until its reply was here.
 */
function latencyOf({ reply, latencyMs, givenLatencyMs }: Normalised, measuredMs: number): number {
  if (reply?.cached === true) return givenLatencyMs ?? measuredMs
  return latencyMs !== undefined && latencyMs <= measuredMs ? latencyMs : measuredMs
}

function timedOut(afterMs: number): Normalised {
  return failed({ kind: 'timeout', message: `no reply after ${Math.round(afterMs)} ms` })
}

function failed(failure: Failure): Normalised {
  return { failure, costUsd: 'unknown', warnings: [] }
}
