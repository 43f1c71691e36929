export const FAILURE_KINDS = [
  'throttled',
  'timeout',
  'unavailable',
  'refused',
  'invalid',
  'auth',
  'aborted',
  'no_output',
  'unknown',
] as const

/** Why a call yielded no reply. `throttled`, `timeout` and `unavailable` may be retried; the others are final. */
export type FailureKind = (typeof FAILURE_KINDS)[number]

/** A call that did not yield a reply. Failures are data: they are recorded like replies. */
export interface Failure {
  readonly kind: FailureKind
  readonly message: string
  /** HTTP status, where there was one. */
  readonly status?: number | undefined
  /** Milliseconds the server asked us to wait. */
  readonly retryAfterMs?: number | undefined
  /** What the provider sent along with its error: absent when it sent none, or threw. */
  readonly metadata?: Record<string, unknown> | undefined
}
