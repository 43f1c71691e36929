import type { FeedbackRecord, FirstTry, Trial } from '../../../harness/model/trial.ts'
import { makeTrial } from './make-trial.ts'

type TrialParts = NonNullable<Parameters<typeof makeTrial>[0]>

interface Rounds {
  /** What the first reply came to; by default it failed with score 0. */
  readonly first?: Partial<FirstTry>
  /** Milliseconds of each round. */
  readonly latencies: readonly number[]
  readonly feedback?: Partial<FeedbackRecord>
  /** Rounds whose reply was replayed. */
  readonly replayed?: readonly number[]
  /** Rounds whose reply has no known price. */
  readonly unpriced?: readonly number[]
}

/** A trial of a suite with feedback; its last round is what `parts` say. */
export function makeRounds(
  { first, latencies, feedback, replayed = [], unpriced = [] }: Rounds,
  parts: TrialParts = {},
): Trial {
  const attempts = latencies.map((latencyMs, round) => ({
    reply: replayed.includes(round) ? { cached: true } : {},
    timing: { queuedMs: 0, backoffMs: 0, latencyMs, ttftMs: latencyMs / 10, trusted: true },
    usage: { input: 10 * (round + 1), output: 2 },
    costUsd: unpriced.includes(round) ? ('unknown' as const) : 0.001,
    ...(round > 0 && { attempt: round }),
  }))
  const later = latencies.slice(1)
  return makeTrial({
    latencyMs: latencies.at(-1) ?? null,
    costUsd: unpriced.length > 0 ? 'unknown' : 0.001 * latencies.length,
    ...parts,
    attempts,
    ...(latencies.length > 1 && { first: { outcome: 'failed', score: 0, namedScores: {}, ...first } }),
    feedback: {
      attempts: latencies.length,
      addedMs: later.reduce((sum, ms) => sum + ms, 0),
      addedUsd: unpriced.some((round) => round > 0) ? 'unknown' : 0.001 * later.length,
      ended: 'passed',
      ...feedback,
    },
  })
}
