import type { CallModel, CallResult, ModelRequest, WrapCall } from '../../../../harness/execute/call.ts'
import { isWithheld } from '../../../../harness/execute/call.ts'
import { retried } from '../../../../harness/execute/retry/retried.ts'
import { RetryBudget } from '../../../../harness/execute/retry/retry-budget.ts'
import { Stop } from '../../../../harness/execute/stop.ts'
import type { Failure, FailureKind } from '../../../../harness/model/failure.ts'
import type { ProviderSpec, RetrySettings } from '../../../../harness/model/suite.ts'
import type { Attempt } from '../../../../harness/model/trial.ts'
import { FakeTimers } from '../fake-timers.ts'

/** What a try comes to: a failure's kind, a whole failure, or 'ok'. */
type Outcome = 'ok' | FailureKind | Failure | CallResult

/** What every try takes. */
export const LATENCY_MS = 40

const invoke = () => Promise.resolve({ output: 'hello' })

export function specOf(account: string): ProviderSpec {
  const at = { file: '/suite.yaml', line: 1 }
  return { key: account, id: 'test', kind: 'file', label: account, account, at }
}

export function requestOf(over: Partial<ModelRequest> = {}): ModelRequest {
  return {
    role: 'model',
    cellId: 'cell',
    caseId: 'case',
    repeat: 0,
    attempt: 0,
    retry: 0,
    promptKey: 'p',
    prompt: 'hello',
    spec: specOf('m'),
    provider: { id: () => 'test', callApi: invoke },
    shape: { provider: '', options: undefined, vars: {} },
    invoke,
    trusted: true,
    ...over,
  }
}

export function attemptOf(failure: Failure | undefined, backoffMs = 0): Attempt {
  return {
    request: { prompt: 'hello' },
    ...(failure ? { failure } : { reply: { output: 'hello' } }),
    timing: { queuedMs: 0, backoffMs, latencyMs: LATENCY_MS, trusted: true },
    costUsd: 0,
  }
}

/** Retries around a call with scripted outcomes, on a clock of its own. */
export class World {
  readonly timers = new FakeTimers()
  readonly stop = new Stop()
  readonly budget = new RetryBudget()
  /** The requests that got through, and when. */
  readonly calls: { request: ModelRequest; at: number }[] = []
  readonly #outcomes: (nth: number, request: ModelRequest) => Outcome
  readonly call: CallModel

  /** @param outcomes of the first try, the second…; the last one is repeated. */
  constructor(
    outcomes: readonly Outcome[] | ((nth: number, request: ModelRequest) => Outcome),
    settings: RetrySettings = {},
    random = () => 0.5,
    inside: WrapCall = (next) => next,
  ) {
    this.#outcomes =
      typeof outcomes === 'function'
        ? outcomes
        : (nth) => outcomes[Math.min(nth, outcomes.length - 1)] ?? 'ok'
    const { timers, stop, budget } = this
    this.call = retried({ settings, timers, random, budget, stop })(inside((request) => this.#plain(request)))
  }

  async #plain(request: ModelRequest): Promise<CallResult> {
    const outcome = this.#outcomes(this.calls.length, request)
    this.calls.push({ request, at: this.timers.now() })
    await new Promise<void>((resolve) => void this.timers.after(LATENCY_MS, resolve))
    if (typeof outcome === 'object' && !('kind' in outcome)) return outcome
    const failure =
      typeof outcome === 'object' ? outcome : { kind: outcome as FailureKind, message: 'it failed' }
    return { attempt: attemptOf(outcome === 'ok' ? undefined : failure, request.backoffMs), earlier: [] }
  }

  /** Makes one call to its end, however long that takes. */
  run(over?: Partial<ModelRequest>): Promise<CallResult> {
    return this.timers.until(this.call(requestOf(over)))
  }
}

/** The tries of a result, as their kinds: a reply is 'ok'. */
export function kindsOf(result: CallResult): string[] {
  if (isWithheld(result)) return [`withheld: ${result.withheld}`]
  return [...result.earlier, result.attempt].map(({ failure }) => failure?.kind ?? 'ok')
}
