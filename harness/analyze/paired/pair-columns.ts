import type { ColumnName, Pairing } from '../../model/comparison.ts'
import { columnName, isSameColumn } from '../../model/comparison.ts'
import { HarnessError } from '../../model/errors.ts'
import type { Arm, ArmColumn } from './arm.ts'
import type { ColumnPattern, CompareOptions } from './compare-options.ts'
import { matchesColumn } from './compare-options.ts'
import { unmatched } from './nearest-column.ts'
import type { ScoreTable } from './score-table.ts'
import { nameOf } from './compare-metric.ts'

/** A column of the candidate, and what it is compared with. */
export interface PairedColumn {
  readonly column: ArmColumn
  readonly against: ArmColumn
  readonly by: Pairing['columns'][number]['by']
  /** True for a column that ships. */
  readonly gates: boolean
  /** Where the scores of `against` are: the baseline's, or the candidate's own for a column of the same run. */
  readonly base: ScoreTable
}

interface PairedColumns {
  readonly pairs: readonly PairedColumn[]
  readonly unpaired: readonly ColumnName[]
}

type PairOptions = Pick<CompareOptions, 'ship' | 'against' | 'renamed'>

/**
 * Finds what each column of a run is compared with: what `against` names, for those that ship; else the column of the same label;
 * else one that says the same to the same model under another label; else what `renamed` tells. Where `renamed` tells of another one
 * than the content does, it is believed.
 * @throws HarnessError `usage` when a column that ships, or every column, has no counterpart
 */
export function pairColumns(
  base: Arm,
  candidate: Arm,
  { ship, against, renamed = {} }: PairOptions,
): PairedColumns {
  const taken = new Set(
    base.columns.filter((column) => candidate.columns.some((other) => isSameColumn(column, other))),
  )
  const pairs: PairedColumn[] = []
  const unpaired: ColumnName[] = []
  for (const column of candidate.columns) {
    const gates = ship === undefined || ship.some((pattern) => matchesColumn(pattern, column))
    const pair =
      (gates && against !== undefined ? pairAgainst(column, against, base, candidate) : undefined) ??
      pairWithBaseline(column, base.columns, renamed, taken)
    if (pair !== undefined) pairs.push({ column, gates, base: base.table, ...pair })
    else if (ship !== undefined && gates) throw unmatched(column, base)
    else unpaired.push(nameOf(column))
  }
  const [first] = unpaired
  if (pairs.length === 0) {
    if (first === undefined)
      throw new HarnessError('usage', `${candidate.about.name} has no column to compare`)
    throw unmatched(first, base)
  }
  return { pairs, unpaired }
}

type Match = Pick<PairedColumn, 'against' | 'by'> & { readonly base?: ScoreTable }

/** Of the same run where it has it: both were then asked at the same time. */
function pairAgainst(
  column: ArmColumn,
  { prompt = column.prompt, provider = column.provider }: ColumnPattern,
  base: Arm,
  candidate: Arm,
): Match | undefined {
  const name = { prompt, provider }
  if (isSameColumn(name, column)) return undefined
  for (const arm of [candidate, base]) {
    const against = arm.columns.find((other) => isSameColumn(other, name))
    if (against !== undefined) return { against, by: 'against', base: arm.table }
  }
  const known = [...new Set([...candidate.columns, ...base.columns].map(columnName))]
  throw new HarnessError(
    'usage',
    base.table === candidate.table
      ? `gate.against: the run has no column ${columnName(name)}, and there is no baseline`
      : `gate.against: neither the run nor ${base.about.name} has a column ${columnName(name)}`,
    { hint: `There are ${known.join(', ')}.` },
  )
}

function pairWithBaseline(
  column: ArmColumn,
  columns: readonly ArmColumn[],
  renamed: Readonly<Record<string, string>>,
  taken: ReadonlySet<ArmColumn>,
): Match | undefined {
  const labelled = columns.find((other) => isSameColumn(other, column))
  if (labelled !== undefined) return { against: labelled, by: 'label' }
  const old = oldName(column, renamed)
  const told = old === undefined ? undefined : columns.find((other) => isSameColumn(other, old))
  const free = columns.filter((other) => !taken.has(other))
  const alike = free.filter((other) => isAlike(other, column))
  if (told !== undefined && !alike.includes(told)) return { against: told, by: 'renamed' }
  const against = told ?? alike[0]
  return against && { against, by: 'template' }
}

/** The same template on the same provider, by key or by content. */
function isAlike(a: ArmColumn, b: ArmColumn): boolean {
  const samePrompt = a.promptHash === b.promptHash
  const sameConfig = a.configHash === b.configHash
  return (samePrompt && (a.provider === b.provider || sameConfig)) || (a.prompt === b.prompt && sameConfig)
}

/** What a column was called before, as `renamed` tells; undefined where it says nothing of it. */
function oldName(column: ArmColumn, renamed: Readonly<Record<string, string>>): ColumnName | undefined {
  let { prompt, provider } = column
  for (const [old, now] of Object.entries(renamed)) {
    if (now === columnName(column)) {
      const [oldPrompt, oldProvider] = old.split(' × ')
      if (oldPrompt !== undefined && oldProvider !== undefined)
        return { prompt: oldPrompt, provider: oldProvider }
    }
    if (now === column.prompt) prompt = old
    if (now === column.provider) provider = old
  }
  return isSameColumn({ prompt, provider }, column) ? undefined : { prompt, provider }
}
