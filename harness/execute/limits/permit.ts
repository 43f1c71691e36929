import type { Failure } from '../../model/failure.ts'
import type { GivenUp } from './giving-up.ts'

/** What a call needs. */
export interface Need {
  /** Tokens it is expected to use, its reply included; 0 where the account has no limit on them. */
  readonly tokens: number
  /** Retries go ahead of new calls. */
  readonly isRetry: boolean
}

/** Why a call may not be made. */
export type Refusal = GivenUp | { readonly cause: 'stopped'; readonly message: string }

/** What became of a call. `tokens`: what it used, where that is known. */
export type Outcome =
  | { readonly kind: 'reply'; readonly tokens?: number | undefined }
  | { readonly kind: 'failure'; readonly failure: Failure; readonly tokens?: number | undefined }
  /** The account was not asked after all: the reply was cached, or the call withheld. */
  | { readonly kind: 'none' }

/** Leave to make one call. */
export interface Permit {
  /** Milliseconds it was waited for. */
  readonly queuedMs: number
  /**
   * To be told the moment the call ended; only the first time counts. The slot stays taken `delayMs` longer. Returns why the
   * account is given up, when this call failed of just that. Whether a refused key means as much, the next calls may have to
   * show: the answer then waits for them.
   */
  settle(outcome: Outcome, delayMs?: number): GivenUp | undefined | Promise<GivenUp | undefined>
}
