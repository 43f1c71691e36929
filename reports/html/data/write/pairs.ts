import type { RunComparison } from '../../../../harness/model/comparison.ts'
import { isSameColumn } from '../../../../harness/model/comparison.ts'
import type { Run } from '../../../../harness/model/run.ts'
import { Columns } from './columns.ts'

/** What the columns of a run are compared with, by number. */
export interface Pairs {
  /** The baseline's columns that something is compared with. */
  readonly baseColumns: Columns
  /** For each column of the run: the number of such a column, or -1. */
  readonly base: readonly number[]
  /** For each column of the run: another column of the run that it is compared with, or -1. */
  readonly against: readonly number[]
}

/**
 * A column may be compared with another of its own run, where the gate says so, or where the baseline's prompts were run
 * again beside it; else with the baseline's.
 */
export function pairsOf({ manifest }: Run, comparison: RunComparison | undefined, columns: Columns): Pairs {
  const baseColumns = new Columns()
  const base = columns.names.map(() => -1)
  const against = columns.names.map(() => -1)
  const isBeside = manifest.baseline !== undefined && manifest.baseline.run === comparison?.baseline.runId
  for (const pair of comparison?.pairing.columns ?? []) {
    const column = columns.find(pair.column)
    if (column === -1) continue
    const own = pair.by === 'against' ? columns.find(pair.against) : -1
    if (own !== -1) {
      against[column] = own
      continue
    }
    const again = isBeside
      ? manifest.columns.find((one) => one.baseline && isSameColumn(one.baseline, pair.against))
      : undefined
    if (again !== undefined) against[column] = columns.find(again)
    base[column] = baseColumns.of(pair.against)
  }
  return { baseColumns, base, against }
}
