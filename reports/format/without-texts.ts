import type { AttemptRecord, CellRecord, CheckResult, Trial } from '../../harness/model/trial.ts'

/** Stands where a text was left out for sharing. */
export const LEFT_OUT = '(left out of this shared report)'

/**
 * A trial without what was asked and answered, and without whatever may quote that. Ids, outcome, scores, times, tokens, cost, and the
 * kinds of checks and failures stay. A new object, part by part: what a record gets later stays out until it is put in here.
 */
export function withoutTexts(trial: Trial): Trial {
  const { v, kind, outcome, score, namedScores, namedScoreWeights, latencyMs, ttftMs, costUsd, usage } = trial
  const { finishReason, isRefusal, cached } = trial.response
  const { first, feedback, error } = trial
  return {
    v,
    kind,
    cell: withoutVars(trial.cell),
    outcome,
    score,
    namedScores,
    ...(namedScoreWeights !== undefined && { namedScoreWeights }),
    output: trial.output === undefined ? undefined : LEFT_OUT,
    request: { prompt: LEFT_OUT },
    response: {
      ...(finishReason !== undefined && { finishReason }),
      ...(isRefusal !== undefined && { isRefusal }),
      ...(cached !== undefined && { cached }),
    },
    checks: trial.checks.map(withoutReason),
    // A digest of what a check expects: one word is soon guessed from it.
    checksHash: '',
    latencyMs,
    ttftMs,
    costUsd,
    ...(usage !== undefined && { usage }),
    attempts: trial.attempts.map(withoutMessages),
    ...(first !== undefined && { first }),
    ...(feedback !== undefined && { feedback }),
    ...(error !== undefined && { error: LEFT_OUT }),
  }
}

function withoutVars({ id, caseId, prompt, provider, repeat, metadata, source }: CellRecord): CellRecord {
  const tags = metadata?.['tags']
  return {
    id,
    caseId,
    prompt,
    provider,
    repeat,
    vars: {},
    ...(tags !== undefined && { metadata: { tags } }),
    source,
  }
}

function withoutReason({ type, metric, pass, score, error, weight, members }: CheckResult): CheckResult {
  return {
    type,
    ...(metric !== undefined && { metric }),
    pass,
    score,
    reason: LEFT_OUT,
    ...(error !== undefined && { error: LEFT_OUT }),
    ...(weight !== undefined && { weight }),
    ...(members !== undefined && { members: members.map(withoutReason) }),
  }
}

function withoutMessages(attempt: AttemptRecord): AttemptRecord {
  const { reply, failure, timing, usage, costUsd, attempt: round, retry, feedback } = attempt
  return {
    ...(reply !== undefined && { reply: { cached: reply.cached } }),
    ...(failure !== undefined && {
      failure: {
        kind: failure.kind,
        message: LEFT_OUT,
        ...(failure.status !== undefined && { status: failure.status }),
        ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
      },
    }),
    timing,
    ...(usage !== undefined && { usage }),
    costUsd,
    ...(round !== undefined && { attempt: round }),
    ...(retry !== undefined && { retry }),
    ...(feedback !== undefined && { feedback: feedback.map(() => LEFT_OUT) }),
  }
}
