import type { Criterion, Result } from './scenario.ts'
import { rateOf } from './scenario.ts'

/** A criterion with what was measured. Rates in [0, 1]. */
export interface Judged {
  readonly kind: Criterion['kind']
  readonly event: string
  readonly limit: number
  /** Of the rate, at the limit. */
  readonly se: number
  /** Standard errors and slack included: the rates that hold. */
  readonly allowed: readonly [lo: number, hi: number]
  readonly observed: number
  readonly holds: boolean
  /** Where the limit comes from, where it is another measurement. */
  readonly source?: string
}

/** Standard errors that chance may take a rate from its limit. */
const SIGMAS = 3

/** Holds a scenario's rates against its criteria. */
export function judge(criteria: readonly Criterion[], result: Result): Judged[] {
  return criteria.map((criterion) => {
    const { kind, event, limit } = criterion
    const se = standardError(limit, result.replicates)
    const observed = rateOf(result, event)
    const allowed = allowedBy(criterion, se)
    const holds = observed >= allowed[0] && observed <= allowed[1]
    return {
      kind,
      event,
      limit,
      se,
      allowed,
      observed,
      holds,
      ...('source' in criterion && { source: criterion.source }),
    }
  })
}

/** Of a rate over so many replicates. */
export function standardError(rate: number, replicates: number): number {
  return Math.sqrt((rate * (1 - rate)) / replicates)
}

function allowedBy(criterion: Criterion, se: number): readonly [number, number] {
  const { kind, limit } = criterion
  if (kind === 'at_least') return [limit, 1]
  if (kind === 'at_most') return [0, limit + criterion.slack + SIGMAS * se]
  const reach = SIGMAS * Math.hypot(se, criterion.limitSe) + criterion.slack
  return [Math.max(0, limit - reach), Math.min(1, limit + reach)]
}
