import type { Analyzer } from '../../../harness/analyze/analyzer.ts'
import type { Call, CellRecord, Trial } from '../../../harness/model/trial.ts'

type TrialParts = Partial<Omit<Trial, 'cell'>> & { readonly cell?: Partial<CellRecord> }

/** A passed trial of case `c1` in column `zero-shot × flash`, but for what is given. */
export function makeTrial(parts: TrialParts = {}): Trial {
  const { cell: cellParts, ...rest } = parts
  const cell: CellRecord = {
    id: 'cell',
    caseId: 'c1',
    prompt: 'zero-shot',
    provider: 'flash',
    repeat: 0,
    vars: {},
    source: { file: 'suites/sentiment/emails.csv', line: 2 },
    ...cellParts,
  }
  const latencyMs = rest.latencyMs === undefined ? 100 : rest.latencyMs
  const costUsd = rest.costUsd ?? 0.001
  return {
    v: 1,
    kind: 'trial',
    cell,
    outcome: 'passed',
    score: 1,
    namedScores: {},
    output: 'positive',
    request: { prompt: 'What is the sentiment?' },
    response: {},
    checks: [],
    checksHash: 'checks',
    latencyMs,
    ttftMs: null,
    costUsd,
    attempts: [
      {
        reply: {},
        timing: { queuedMs: 0, backoffMs: 0, latencyMs: latencyMs ?? 0, trusted: true },
        ...(rest.usage && { usage: rest.usage }),
        costUsd,
      },
    ],
    ...rest,
  }
}

/** A trial whose call failed: no reply, no score, no price. */
export function makeErrored(message: string, cell: Partial<CellRecord> = {}): Trial {
  return makeTrial({
    cell,
    outcome: 'errored',
    score: null,
    latencyMs: null,
    costUsd: 'unknown',
    output: undefined,
    error: message,
    attempts: [
      {
        failure: { kind: 'unavailable', message },
        timing: { queuedMs: 0, backoffMs: 0, latencyMs: 5, trusted: true },
        costUsd: 'unknown',
      },
    ],
  })
}

/** A trial of one of promptfoo's own providers: 200 ms, 50 ms to the first token, as far as one can tell. */
export function makeUntrusted(): Trial {
  const trial = makeTrial({ latencyMs: 200, ttftMs: 50 })
  const attempts = trial.attempts.map((attempt) => ({
    ...attempt,
    timing: { ...attempt.timing, trusted: false },
  }))
  return { ...trial, attempts }
}

/** The lines of a trial's calls, as its run recorded them. */
export function callsOf({ cell, attempts }: Trial): Call[] {
  return attempts.map(({ attempt = 0, retry, reply, failure, timing, usage, costUsd }) => ({
    v: 1,
    kind: 'call',
    cellId: cell.id,
    role: 'model',
    attempt,
    ...(retry !== undefined && { retry }),
    result: {
      request: { prompt: 'the prompt' },
      ...(reply && { reply: { output: 'the output', ...reply } }),
      ...(failure && { failure }),
      timing,
      ...(usage && { usage }),
      costUsd,
    },
  }))
}

/** Adds trials with their calls, as a run does. */
export function addAll(analyzer: Analyzer, trials: readonly Trial[]): void {
  for (const trial of trials) {
    for (const call of callsOf(trial)) analyzer.addCall(call)
    analyzer.add(trial)
  }
}
