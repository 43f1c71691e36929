import type { Trial } from '../../../../harness/model/trial.ts'

/** The first round's reply of a cell: latencies are counted of those, as the analysis counts them. */
export interface FirstReply {
  /** True where it came from a cassette, the cache or an earlier record: its latency is of another day. */
  readonly replayed: boolean
  /** False where the provider hides queueing or retries inside its call. */
  readonly trusted: boolean
  readonly latencyMs: number | null
}

/** Undefined for a cell that was never answered. */
export function firstReply({ attempts, response, latencyMs }: Trial): FirstReply | undefined {
  const first = attempts.find(({ attempt = 0, reply }) => attempt === 0 && reply !== undefined)
  if (first === undefined) return undefined
  const isLast = first === attempts.at(-1)
  return {
    replayed: first.reply?.cached === true || (isLast && response.cached === true),
    trusted: first.timing.trusted,
    latencyMs: isLast ? latencyMs : first.timing.latencyMs,
  }
}
