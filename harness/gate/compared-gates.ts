import type { ColumnAnalysis } from '../model/analysis.ts'
import type { RunComparison } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import { brokenGates } from './broken.ts'
import { unequalErrors } from './errors.ts'
import { type Judged, judge, noWorseGates, uncomparedGates } from './no-worse.ts'
import type { GateOutcome } from './outcome.ts'
import { ratioGates } from './ratios.ts'
import { confirmRepeats, type GateSettings } from './settings.ts'

/** What a comparison with the baseline says for a gate. */
export interface Compared {
  /** Regressions and broken cases. */
  readonly outcomes: readonly GateOutcome[]
  /** Limits of latency and cost against the baseline's. */
  readonly ratios: readonly GateOutcome[]
  /** The metrics that were judged; none where the comparison is not to be trusted. */
  readonly judged: readonly Judged[]
  /** Why the comparison is not to be trusted: sentences. */
  readonly invalid: readonly string[]
}

interface Parts {
  readonly gate: GateSettings
  /** Absent without a baseline. */
  readonly comparison: RunComparison | undefined
  /** The columns that gate. */
  readonly shipped: readonly ColumnAnalysis[]
  /** Names of the columns that an account kept from being measured. */
  readonly voids: ReadonlySet<string>
  readonly maxErrorRate: number
}

/** The gates that need a baseline. What is not to be trusted is shown and decides nothing, but that it is not known. */
export function comparedGates({ gate, comparison, shipped, voids, maxErrorRate }: Parts): Compared {
  const ratios = ratioGates(gate, shipped.map(columnName), comparison)
  if (comparison === undefined) return { outcomes: [], ratios, judged: [], invalid: [] }
  // The errors of a column that is void are told of as such, and they are part of the shares.
  const isVoid = shipped.some((column) => voids.has(columnName(column)))
  const invalid = [
    ...(isVoid ? [] : unequalErrors(comparison, maxErrorRate)),
    ...nothingCompared(comparison, shipped),
  ]
  const judged = judge(comparison)
  const outcomes = [
    ...noWorseGates(judged),
    ...(confirmRepeats(gate) === 0 ? [] : brokenGates(comparison)),
    ...uncomparedGates(comparison),
  ]
  if (invalid.length > 0)
    return { outcomes: outcomes.map(unknown), ratios: ratios.map(unknown), judged: [], invalid }
  const measured = judged.filter((one) => !voids.has(columnName(one.comparison.column)))
  return { outcomes, ratios, judged: measured, invalid }
}

/** A gate that asks for a comparison and gets one of nothing that gates would let all pass. */
function nothingCompared(
  { baseline, metrics, uncompared }: RunComparison,
  shipped: readonly ColumnAnalysis[],
): string[] {
  if (shipped.length === 0 || [...metrics, ...uncompared].some(({ gates }) => gates)) return []
  return [`Nothing that gates could be compared with the baseline (${baseline.name}).`]
}

function unknown(outcome: GateOutcome): GateOutcome {
  return { gate: { ...outcome.gate, result: 'not_measured' }, reason: '', required: false }
}
