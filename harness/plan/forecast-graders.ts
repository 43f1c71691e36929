import type { Cost } from '../model/usage.ts'
import type { Predicted } from '../stats/prediction.ts'
import { predictTotal } from '../stats/prediction.ts'
import type { ForecastTokens } from './forecast-tokens.ts'
import { tokensOf } from './forecast-tokens.ts'
import type { GraderUsage } from './forecast-usage.ts'

/** What grading is expected to take. */
export interface GraderForecast {
  /** At least, where nothing is on record: a check may take several calls. */
  readonly calls: number
  readonly tokens: ForecastTokens
  readonly costUsd: Cost
  /** Seconds of grader time, one call after the other. */
  readonly busySeconds: number | 'unknown'
  readonly basis: 'recorded' | 'estimated'
}

interface GraderOutlook {
  readonly graders: GraderForecast
  readonly tokens: Predicted
  readonly costUsd: Predicted
}

const UNCOUNTED = { input: 0, output: 'unknown' } as const
const UNKNOWN: Predicted = { expected: 0, interval: null }

/** @param checks verdicts that graders are to give; undefined where there are none. */
export function forecastGraders(checks: number, usage: GraderUsage): GraderOutlook | undefined {
  if (checks === 0) return undefined
  const { callsPerCheck, tokens, cost } = usage
  if (callsPerCheck === undefined) {
    const unknown = { tokens: UNCOUNTED, costUsd: 'unknown', busySeconds: 'unknown' } as const
    const graders = { calls: Math.ceil(checks), ...unknown, basis: 'estimated' } as const
    return { graders, tokens: UNKNOWN, costUsd: UNKNOWN }
  }
  const calls = Math.round(checks * callsPerCheck)
  const isCounted = usage.uncounted === 0
  const isPriced = cost.unpriced === 0
  const costUsd = isPriced ? predictTotal(cost.usd, calls) : UNKNOWN
  return {
    graders: {
      calls,
      tokens: isCounted ? tokensOf(tokens.mean, calls) : UNCOUNTED,
      costUsd: isPriced ? costUsd.expected : 'unknown',
      busySeconds: (usage.busyMs.mean * calls) / 1000,
      basis: 'recorded',
    },
    tokens: isCounted ? predictTotal(tokens.all, calls) : UNKNOWN,
    costUsd,
  }
}
