import type { AttemptRecord, CheckResult, Trial } from '../model/trial.ts'

/**
 * A trial without what the model said: outcomes, scores, times and costs stay. Prompts go with the replies, since that of a
 * conversation holds the earlier ones, and so do the reasons of checks, which quote them.
 */
export function stripReplies(trial: Trial): Trial {
  const { reason, error, warnings, cell, response, ...rest } = trial
  void reason
  void warnings
  const { _conversation, ...vars } = cell.vars
  void _conversation
  return {
    ...rest,
    cell: { ...cell, vars },
    output: null,
    request: { prompt: '' },
    response: response.cached === true ? { cached: true } : {},
    checks: trial.checks.map(stripCheck),
    attempts: trial.attempts.map(stripAttempt),
    ...(error !== undefined && { error: 'left out with the replies' }),
  }
}

function stripCheck({ error, members, ...check }: CheckResult): CheckResult {
  return {
    ...check,
    reason: '',
    ...(error !== undefined && { error: 'left out with the replies' }),
    ...(members !== undefined && { members: members.map(stripCheck) }),
  }
}

function stripAttempt({ feedback, failure, ...attempt }: AttemptRecord): AttemptRecord {
  void feedback
  if (failure === undefined) return attempt
  const { metadata, ...told } = failure
  void metadata
  return { ...attempt, failure: told }
}
