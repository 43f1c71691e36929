import type { BudgetLimits } from './budget.ts'

const MS_PER_MINUTE = 60_000

/** Limits for what comes after `ms` of a run: its minutes count from its start, the other limits over all of it. */
export function timeLeft(limits: BudgetLimits | undefined, ms: number): BudgetLimits | undefined {
  if (limits?.minutes === undefined) return limits
  return { ...limits, minutes: Math.max(0, limits.minutes - ms / MS_PER_MINUTE) }
}
