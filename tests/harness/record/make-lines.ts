import type { Call, Trial } from '../../../harness/model/trial.ts'

const TIMING = { queuedMs: 1, backoffMs: 0, latencyMs: 120.5, ttftMs: 40, trusted: true }

/** A call with every kind of member. */
export function makeCall(cellId: string, output: unknown): Call {
  return {
    v: 1,
    kind: 'call',
    cellId,
    role: 'model',
    attempt: 0,
    result: {
      request: { prompt: 'Is this positive?' },
      reply: { output, finishReason: 'stop', cached: false, metadata: { region: 'eu' }, logProbs: [-0.1] },
      timing: TIMING,
      usage: { input: 12, output: 3, cacheRead: 0 },
      costUsd: 0.0001,
    },
  }
}

/** A call that yielded no reply. */
export function failedCall(cellId: string, message: string): Call {
  const { reply, ...result } = makeCall(cellId, '').result
  void reply
  return { ...makeCall(cellId, ''), result: { ...result, failure: { kind: 'timeout', message } } }
}

/** A trial of a case, which passed after a first call that failed. */
export function makeTrial(caseId: string, output: unknown = 'positive'): Trial {
  const call = makeCall(`cell-${caseId}`, output)
  return {
    v: 1,
    kind: 'trial',
    cell: {
      id: call.cellId,
      caseId,
      prompt: 'zero-shot',
      provider: 'flash',
      repeat: 0,
      vars: { text: 'What a day', nested: { list: [1, null] } },
      description: 'a case',
      metadata: { tags: ['critical'] },
      source: { file: 'cases.csv', line: 7 },
    },
    outcome: 'passed',
    score: 1,
    namedScores: { accuracy: 1 },
    output,
    request: { prompt: 'Is this positive?' },
    response: { finishReason: 'stop' },
    checks: [
      {
        type: 'assert-set',
        pass: true,
        score: 1,
        reason: 'all passed',
        members: [{ type: 'equals', metric: 'accuracy', pass: true, score: 1, reason: 'equal', weight: 2 }],
      },
      { type: 'javascript', pass: false, score: null, reason: 'it threw', error: 'x is not defined' },
    ],
    checksHash: 'abc',
    latencyMs: 120.5,
    ttftMs: null,
    costUsd: 'unknown',
    attempts: [
      {
        failure: { kind: 'throttled', message: 'slow down', status: 429, retryAfterMs: 20 },
        timing: TIMING,
        costUsd: 0,
      },
      { reply: {}, timing: call.result.timing, costUsd: call.result.costUsd },
    ],
  }
}
