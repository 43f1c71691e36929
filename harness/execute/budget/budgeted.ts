import type { Failure, FailureKind } from '../../model/failure.ts'
import type { Attempt } from '../../model/trial.ts'
import type { Called, WrapCall } from '../call.ts'
import { isWithheld } from '../call.ts'
import type { Budget } from './budget.ts'
import type { Estimate, Estimates } from './estimates.ts'

/** The server turned the call away before it did any work. */
const TURNED_AWAY: ReadonlySet<FailureKind> = new Set(['throttled', 'unavailable', 'auth', 'credit'])

/**
 * Asks the budget before each call, and tells it afterwards what the call took. A failed call that does not tell counts with
 * its estimate where it may have been billed all the same (it timed out, was aborted, or came back empty), and with nothing
 * where the server turned it away: throttled, unavailable, the key refused, out of credit, or the request itself (4xx).
 */
export function budgeted(budget: Budget, estimates: Estimates): WrapCall {
  return (next) => async (request) => {
    const leave = await budget.reserve(request.spec.key, () => estimates.of(request))
    if ('refused' in leave) {
      const { refused, message } = leave
      return { withheld: refused, account: request.spec.account, message }
    }
    const result = await next(request)
    if (isWithheld(result)) {
      const mayBeBilled = result.withheld === 'aborted'
      leave.settle(mayBeBilled ? leave.estimate : { tokens: 0, costUsd: 0 }, false)
      return result
    }
    const { attempt } = result
    const taken = takenBy(attempt, estimates.observe(request, attempt), leave.estimate)
    leave.settle(taken, attempt.reply !== undefined)
    return leave.waitedMs === 0 ? result : withQueue(result, leave.waitedMs)
  }
}

type Taken = Pick<Estimate, 'tokens' | 'costUsd'>

function takenBy({ failure, usage }: Attempt, told: Taken, estimate: Taken): Taken {
  if (failure === undefined) return told
  const assumed = mayBeBilled(failure) ? estimate : { tokens: 0, costUsd: 0 }
  return {
    tokens: usage === undefined ? assumed.tokens : told.tokens,
    costUsd: told.costUsd === 'unknown' ? assumed.costUsd : told.costUsd,
  }
}

function mayBeBilled({ kind, status }: Failure): boolean {
  return !TURNED_AWAY.has(kind) && !(kind === 'invalid' && status !== undefined && status >= 400)
}

function withQueue(result: Called, waitedMs: number): Called {
  const { attempt } = result
  const timing = { ...attempt.timing, queuedMs: attempt.timing.queuedMs + waitedMs }
  return { ...result, attempt: { ...attempt, timing } }
}
