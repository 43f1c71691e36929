/** Where one call's time went, in milliseconds on a monotonic clock. */
export interface Timing {
  /** Waiting for a slot. Not part of the latency. */
  readonly queuedMs: number
  /** Waiting between transport retries. Not part of the latency. */
  readonly backoffMs: number
  /** From the slot granted and the request sent to the last byte. */
  readonly latencyMs: number
  /** To the first token; absent where the provider does not stream. */
  readonly ttftMs?: number | undefined
  /** What the provider says it took. */
  readonly serverMs?: number | undefined
  /** False when the provider hides queueing or retries inside its call. */
  readonly trusted: boolean
}
