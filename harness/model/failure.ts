export const FAILURE_KINDS = [
  'throttled',
  'timeout',
  'unavailable',
  'refused',
  'invalid',
  'auth',
  'credit',
  'aborted',
  'no_output',
  'unrecorded',
  'unknown',
] as const

/**
 * Why a call yielded no reply. `throttled`, `timeout` and `unavailable` may be retried; the others are final. `auth` (the
 * key is refused) and `credit` (the account is out of money) are true of every call to come. `unrecorded`: no call was made,
 * since only recorded replies were wanted and there is none.
 */
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
