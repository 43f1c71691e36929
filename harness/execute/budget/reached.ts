import { count, usd } from '../../gate/figures.ts'
import type { Estimate } from './estimates.ts'

export type BudgetKind = 'usd' | 'tokens' | 'calls' | 'minutes'

/** A limit that a call ran into, the first one. */
export interface Reached {
  readonly kind: BudgetKind
  readonly limit: number
  readonly spent: number
  /** One sentence, and what to do. */
  readonly message: string
}

interface Used {
  readonly limit: number
  readonly spent: number
}

/**
 * A limit without room for another call.
 * @param needed what the call may take of it, where that is known only roughly
 */
export function usedUp(
  kind: BudgetKind,
  { limit, spent }: Used,
  needed?: number,
  estimate?: Estimate,
): Reached {
  const told = { kind, limit, spent }
  const name = `the budget of ${amount(kind, limit)}`
  if (needed === undefined || estimate === undefined || spent >= limit)
    return { ...told, message: `${name} is used up` }
  const { inputTokens, tokens } = estimate
  const may = `may take ${amount(kind, needed)} (${inputTokens} tokens in, up to ${tokens - inputTokens} out)`
  const message =
    spent === 0
      ? `${name} is smaller than a single call, which ${may}: raise it, or lower the provider's max_tokens`
      : `${name} is used up: ${amount(kind, spent)} spent, and the next call ${may}`
  return { ...told, message }
}

/** A reply that tells no cost, of a model without a price. */
export function priceless(limit: number, spent: number, provider: string): Reached {
  const message =
    `the budget of ${usd(limit)} cannot be kept: no price is known for ${provider}, and its replies do not tell their cost; ` +
    'set assay.budget.tokens or assay.budget.calls instead, or have the provider return `cost`'
  return { kind: 'usd', limit, spent, message }
}

function amount(kind: BudgetKind, value: number): string {
  if (kind === 'usd') return usd(value)
  // Of a test run, or of a nightly one: half a minute is not a whole one.
  const whole = kind === 'minutes' ? Number(value.toPrecision(3)) : Math.ceil(value)
  return `${count(whole)} ${whole === 1 ? kind.slice(0, -1) : kind}`
}
