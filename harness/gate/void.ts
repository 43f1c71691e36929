import type { Analysis } from '../model/analysis.ts'
import { columnName } from '../model/comparison.ts'
import type { Incomplete } from '../model/incomplete.ts'
import { isUnavailable } from '../model/incomplete.ts'
import type { GateOutcome } from './outcome.ts'

/**
 * Names of the columns that an account kept from being measured. A column that misses some of its cells is as void as one that
 * misses all: which of them an outage spares is not chance.
 */
export function voidColumns(causes: readonly Incomplete[], { columns }: Analysis): ReadonlySet<string> {
  const unavailable = causes.filter(isUnavailable)
  if (unavailable.length === 0) return new Set()
  const empty = columns.filter(({ cells }) => cells === 0)
  return new Set([...empty, ...unavailable.flatMap((cause) => cause.columns ?? [])].map(columnName))
}

/** The gate of a void column: its figures are shown and decide nothing, but for what no missing cell could mend. */
export function voided(outcome: GateOutcome): GateOutcome {
  if (outcome.lasting === true) return outcome
  return { gate: { ...outcome.gate, result: 'not_measured' }, reason: '', required: false }
}
