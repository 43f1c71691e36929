import type { Attempt } from '../../model/trial.ts'
import { totalTokens } from '../../model/usage.ts'
import type { CallResult, ModelRequest, Withheld, WrapCall } from '../call.ts'
import { isWithheld } from '../call.ts'
import type { Limiters } from './limiters.ts'
import type { Outcome } from './permit.ts'

/**
 * Makes every call wait until its account has room for it, and tells the account what became of it the moment it ended.
 * A call that may not be made is withheld, and so is one whose failure led to its account being given up.
 * @param estimateTokens what a call is expected to use, its reply included; asked only where an account has a limit on them.
 */
export function limited(limiters: Limiters, estimateTokens: (request: ModelRequest) => number): WrapCall {
  return (next) => async (request) => {
    const { account } = request.spec
    const limiter = limiters.of(account)
    const admission = await limiter.acquire({
      tokens: limiter.countsTokens ? estimateTokens(request) : 0,
      isRetry: request.retry > 0,
    })
    if ('cause' in admission) return withheld(account, admission)
    const result = await next(request)
    const outcome = outcomeOf(result)
    const delayMs = outcome.kind === 'none' ? 0 : request.provider.delay
    const givenUp = await admission.settle(outcome, delayMs)
    if (isWithheld(result)) return givenUp === undefined ? result : withheld(account, givenUp)
    const attempt = queued(result.attempt, admission.queuedMs)
    return givenUp === undefined ? { ...result, attempt } : { ...withheld(account, givenUp), made: attempt }
  }
}

function withheld(
  account: string,
  { cause, message }: { cause: 'stopped' | 'outage' | 'credit' | 'auth'; message: string },
): Withheld {
  return { withheld: cause, account, message }
}

function queued(attempt: Attempt, queuedMs: number): Attempt {
  return { ...attempt, timing: { ...attempt.timing, queuedMs: attempt.timing.queuedMs + queuedMs } }
}

function outcomeOf(result: CallResult): Outcome {
  if (isWithheld(result) || result.attempt.reply?.cached === true) return { kind: 'none' }
  const { failure, usage } = result.attempt
  const tokens = usage && totalTokens(usage)
  return failure === undefined ? { kind: 'reply', tokens } : { kind: 'failure', failure, tokens }
}
