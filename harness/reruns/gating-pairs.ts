import type { Arm } from '../analyze/paired/arm.ts'
import type { ColumnName, RunComparison } from '../model/comparison.ts'
import { columnName, isSameColumn } from '../model/comparison.ts'
import type { RerunColumn } from './rerun.ts'

/** A column that gates, and what it is compared with. */
export interface GatingPair {
  readonly column: ColumnName
  readonly against: ColumnName
  /** True where that is a column of the same run (`gate.against`). */
  readonly isOwn: boolean
}

/** The columns that gate, each once. */
export function gatingPairs({ metrics, pairing }: RunComparison, candidate: Arm): GatingPair[] {
  const pairs = new Map<string, GatingPair>()
  for (const { column, against, gates } of metrics) {
    if (!gates) continue
    const by = pairing.columns.find((pair) => isSameColumn(pair.column, column))?.by
    const isOwn = by === 'against' && candidate.columns.some((own) => isSameColumn(own, against))
    pairs.set(columnName(column), { column, against, isOwn })
  }
  return [...pairs.values()]
}

/** Both columns of each pair, each column once. */
export function columnsOfPairs(
  pairs: readonly GatingPair[],
  casesOf: (pair: GatingPair) => ReadonlySet<string> | undefined = () => undefined,
): RerunColumn[] {
  const columns = new Map<string, RerunColumn>()
  const add = (column: Omit<RerunColumn, 'cases'>, cases: ReadonlySet<string> | undefined): void => {
    const key = `${column.role} ${columnName(column.name)}`
    const known = columns.get(key)
    const all = known === undefined ? cases : known.cases && cases && new Set([...known.cases, ...cases])
    columns.set(key, { ...column, ...(all !== undefined && { cases: all }) })
  }
  for (const pair of pairs) {
    const { column, against, isOwn } = pair
    const cases = casesOf(pair)
    add({ role: 'candidate', name: column, like: column }, cases)
    if (isOwn) add({ role: 'candidate', name: against, like: against }, cases)
    else add({ role: 'baseline', name: against, like: column }, cases)
  }
  return [...columns.values()]
}
