import type { AttemptRecord, Trial } from '../../../../harness/model/trial.ts'
import { ID_DIGITS } from '../about.ts'

/** A row of the run as the page has it: the record without what nothing packs, long digests and digits of times below a microsecond. */
export function rowRecord(trial: Trial): Trial {
  const { cell, checksHash, latencyMs, ttftMs, attempts, response } = trial
  const { varsHash } = cell
  return {
    ...trial,
    cell: { ...cell, ...(varsHash !== undefined && { varsHash: short(varsHash) }) },
    checksHash: short(checksHash),
    latencyMs: rounded(latencyMs),
    ttftMs: rounded(ttftMs),
    attempts: attempts.map(shortAttempt),
    response: shortResponse(response),
  }
}

/** A row of the baseline: what is shown beside the run's. */
export function baseRecord(trial: Trial): Trial {
  const { v, kind, cell, outcome, score, namedScores, output, request, reason, checks, error } = trial
  const { checksHash, latencyMs, ttftMs, costUsd, usage } = trial
  const { id, caseId, prompt, provider, repeat, source } = cell
  return {
    v,
    kind,
    cell: { id, caseId, prompt, provider, repeat, vars: {}, source },
    outcome,
    score,
    namedScores,
    output,
    request,
    response: {},
    checks,
    checksHash: short(checksHash),
    reason,
    latencyMs: rounded(latencyMs),
    ttftMs: rounded(ttftMs),
    costUsd,
    usage,
    attempts: [],
    error,
  }
}

function shortAttempt(attempt: AttemptRecord): AttemptRecord {
  return { ...attempt, timing: roundedAll(attempt.timing) }
}

/** A provider's own timing is kept with its other metadata. */
function shortResponse(response: Trial['response']): Trial['response'] {
  const timing = response.metadata?.['timing']
  if (typeof timing !== 'object' || timing === null) return response
  return { ...response, metadata: { ...response.metadata, timing: roundedAll(timing) } }
}

function roundedAll<T extends object>(times: T): T {
  return Object.fromEntries(
    Object.entries(times).map(([name, ms]) => [name, typeof ms === 'number' ? rounded(ms) : ms]),
  ) as T
}

/** ms, to a microsecond. */
function rounded<T extends number | null>(ms: T): T {
  return (ms === null ? ms : Math.round(ms * 1000) / 1000) as T
}

function short(digest: string): string {
  return digest.slice(0, ID_DIGITS)
}
