import type { AttemptRecord } from '../model/trial.ts'
import type { Cost } from '../model/usage.ts'
import { ExactSum } from '../stats/exact-sum.ts'

/** What a call tells of its cost. */
export type Billed = Pick<AttemptRecord, 'reply' | 'usage' | 'costUsd'>

/** True for a call that was paid for, nobody knows how dearly. One that failed and took no tokens has no price to be missed. */
export function isPriceless({ reply, usage, costUsd }: Billed): boolean {
  return costUsd === 'unknown' && (reply !== undefined || usage !== undefined)
}

/** Adds up USD exactly, so that the order does not matter. One price that is not known makes the sum `unknown`. */
export class CostTally {
  readonly #known = new ExactSum()
  #isKnown = true

  add(costUsd: Cost): void {
    if (costUsd === 'unknown') this.#isKnown = false
    else this.#known.add(costUsd)
  }

  addCall(call: Billed): void {
    if (call.costUsd !== 'unknown' || isPriceless(call)) this.add(call.costUsd)
  }

  get value(): Cost {
    return this.#isKnown ? this.#known.value : 'unknown'
  }

  /** What is known of a sum that is `unknown`; undefined where that is nothing, and where the whole is known. */
  get atLeast(): number | undefined {
    return this.#isKnown || this.#known.value === 0 ? undefined : this.#known.value
  }
}
