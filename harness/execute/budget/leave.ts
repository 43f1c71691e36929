import type { Cost } from '../../model/usage.ts'
import type { Estimate } from './estimates.ts'

/** Leave for one call. To be settled once, when the call has ended. */
export interface Reservation {
  readonly estimate: Estimate
  /** How long it took to get, in milliseconds. */
  readonly waitedMs: number
  /** @param answered false for a call that failed: it tells nothing about whether the provider's cost is known. */
  settle(taken: { readonly tokens: number; readonly costUsd: Cost }, answered: boolean): void
}

export interface Refusal {
  readonly refused: 'budget' | 'stopped'
  readonly message: string
}

/** A call that asks for leave. */
export interface Asked {
  readonly provider: string
  readonly estimateNow: () => Estimate
  /** Since when it has been waiting; absent for one that just came. */
  readonly since?: number | undefined
}

/** One that has to wait for it. */
export interface Waiting extends Asked {
  readonly resolve: (answer: Reservation | Refusal) => void
}
