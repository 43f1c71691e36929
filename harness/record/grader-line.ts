import type { Call } from '../model/trial.ts'
import type { GraderCall } from '../verify/graders/grader-calls.ts'

/** The journal's line for a finished call to a grader. */
export function graderLine({ cellId, prompt, response, latencyMs }: GraderCall): Call {
  const { output, error, cost, cached, finishReason, metadata, tokenUsage, ...extra } = response
  const usage = tokenUsage?.prompt === undefined ? undefined : tokenUsage
  return {
    v: 1,
    kind: 'call',
    cellId: cellId ?? '',
    role: 'grader',
    attempt: 0,
    result: {
      request: { prompt },
      ...(error === undefined
        ? {
            reply: {
              output: output ?? null,
              ...(finishReason !== undefined && { finishReason }),
              ...(cached !== undefined && { cached }),
              ...(metadata !== undefined && { metadata }),
              ...(Object.keys(extra).length > 0 && { extra }),
            },
          }
        : { failure: { kind: 'unknown' as const, message: error } }),
      timing: { queuedMs: 0, backoffMs: 0, latencyMs, trusted: false },
      ...(usage !== undefined && { usage: { input: usage.prompt ?? 0, output: usage.completion ?? 0 } }),
      costUsd: cost ?? 'unknown',
    },
  }
}
