import type { ModelRequest } from '../../../../harness/execute/call.ts'
import type { Estimate } from '../../../../harness/execute/budget/estimates.ts'
import type { Attempt } from '../../../../harness/model/trial.ts'

interface Asking {
  /** Also the account. */
  readonly key?: string
  /** The id it goes by in the price table. */
  readonly model?: string
  readonly prompt?: string
  readonly config?: Record<string, unknown>
  readonly options?: unknown
  readonly role?: ModelRequest['role']
}

/** A question to a provider of which nothing is real but what an estimate looks at. */
export function requestOf(asking: Asking = {}): ModelRequest {
  const {
    key = 'm',
    model = 'nobody:knows',
    prompt = 'abc',
    config,
    options = [null, ''],
    role = 'model',
  } = asking
  return {
    role,
    cellId: 'cell',
    caseId: 'case',
    repeat: 0,
    attempt: 0,
    retry: 0,
    promptKey: 'p',
    prompt,
    spec: { key, id: model, kind: 'file', account: key, config, at: { file: 'suite.yaml', line: 1 } },
    provider: { id: () => model, config, callApi: () => Promise.resolve({}) },
    shape: { provider: 'content', options, vars: {} },
    invoke: () => Promise.resolve({}),
    trusted: true,
  }
}

/** A call that was answered, unless `over` says otherwise. */
export function attemptOf(over: Partial<Attempt> = {}): Attempt {
  return {
    request: { prompt: 'abc' },
    ...(over.failure === undefined && { reply: { output: 'yes' } }),
    timing: { queuedMs: 0, backoffMs: 0, latencyMs: 10, trusted: true },
    costUsd: 'unknown',
    ...over,
  }
}

export function estimateOf(over: Partial<Estimate> = {}): Estimate {
  return { inputTokens: 50, outputTokens: 50, tokens: 100, costUsd: 1, spread: 2, isGuess: false, ...over }
}
