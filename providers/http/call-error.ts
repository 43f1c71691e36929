import type { FailureKind } from '../../harness/model/failure.ts'

/** What ends a call without a reply, where we know what kind of failure it is. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly kind: FailureKind
  /** Milliseconds the backend asked us to wait. */
  readonly retryAfterMs: number | undefined

  constructor(kind: FailureKind, message: string, retryAfterMs?: number) {
    super(message)
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}
