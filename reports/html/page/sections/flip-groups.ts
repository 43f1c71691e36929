import { columnName } from '../../../../harness/model/column-name.ts'
import { counted } from '../../../format/figures.ts'
import type { Fallen } from '../../../format/flips.ts'
import { cut } from '../../../format/plain.ts'
import { UNITS } from './limits.ts'

const INFORMING = 'In columns that only inform'

export interface FlipGroup {
  readonly title: string
  /** True for what decides nothing, where something else does: it is there to be opened. */
  readonly isFolded: boolean
  /** True where the title says in which column: all its cases are of one. */
  readonly isOfOneColumn: boolean
  readonly cases: readonly Fallen[]
}

/** Groups of the first few fallen cases: what broke outright, then by the check that failed, then what only informs. */
export function flipGroups(fallen: readonly Fallen[], limit: number): FlipGroup[] {
  const groups = new Map<string, Fallen[]>()
  for (const one of fallen.slice(0, limit)) {
    const key = keyOf(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].map(([key, cases]) => {
    const [column, ...others] = new Set(cases.map(({ at }) => columnName(at.column)))
    const isOfOneColumn = cases.length > 1 && others.length === 0
    const where = isOfOneColumn ? ` in ${cut(column ?? '', UNITS.column)}` : ''
    return {
      title: `${key} (${counted(cases.length, 'case')}${where})`,
      isFolded: key === INFORMING && groups.size > 1,
      isOfOneColumn,
      cases,
    }
  })
}

function keyOf({ at, broken, gates }: Fallen): string {
  if (broken?.status === 'confirmed') return 'Broken, and stayed broken when run again'
  if (broken?.status === 'unchecked') return 'Look broken: always passed, mostly fail now'
  if (!gates) return INFORMING
  const check = 'checks' in at ? at.checks[0] : undefined
  return check === undefined
    ? 'Other cases that pass less often'
    : `Fail ${cut(check, UNITS.name)} more often`
}
