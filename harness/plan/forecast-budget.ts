import type { BudgetLimits } from '../execute/budget/budget.ts'
import type { Predicted } from '../stats/prediction.ts'

/** Whether one limit of the budget will do. */
export interface BudgetForecast {
  readonly kind: keyof BudgetLimits
  readonly limit: number
  /**
   * `enough`: by the upper bound of what is expected. `tight`: by what is expected, but not by its upper bound. `reached`: what
   * is expected is more. `unknown`: there is nothing to tell by.
   */
  readonly outlook: 'enough' | 'tight' | 'reached' | 'unknown'
  /** Cells that are likely to finish before it is reached. */
  readonly cells?: number | undefined
}

/** What a budget is held against. An `expected` without an interval is a lower bound. */
export type Expected = Readonly<Record<keyof BudgetLimits, Predicted>>

export function forecastBudget(limits: BudgetLimits, expected: Expected, cells: number): BudgetForecast[] {
  const kinds = Object.keys(expected) as (keyof BudgetLimits)[]
  return kinds.flatMap((kind) => {
    const limit = limits[kind]
    return limit === undefined ? [] : [{ kind, limit, ...outlookOf(limit, expected[kind], cells) }]
  })
}

function outlookOf(
  limit: number,
  { expected, interval }: Predicted,
  cells: number,
): Pick<BudgetForecast, 'outlook' | 'cells'> {
  if (expected > limit) return { outlook: 'reached', cells: Math.floor((cells * limit) / expected) }
  if (interval === null) return { outlook: 'unknown' }
  return { outlook: interval.hi <= limit ? 'enough' : 'tight' }
}
