import { hash } from 'node:crypto'
import type { LoggedCall } from '../../providers/simulated/server/call-log.ts'

/** A cell that was to be answered, as its trial has it. */
export interface RehearsedCell {
  readonly id: string
  /** One column's provider, apart from those of other suites. */
  readonly provider: string
  readonly prompt: string
  readonly isErrored: boolean
}

export interface Rehearsed {
  /** Cells of all suites' plans. */
  readonly planned: number
  /** Those that have a trial. */
  readonly cells: readonly RehearsedCell[]
}

/** What the server saw, held against what the runs recorded. */
export interface Tally {
  readonly calls: number
  /** Whole replies the server handed over. */
  readonly replies: number
  readonly faults: number
  /** Cells that were planned and have no trial, or a score and no whole reply of their own. */
  readonly lost: number
  /** Replies beyond one for each cell: of calls that were answered, and made again all the same. */
  readonly twice: number
  /** Cells that have a trial without a score. */
  readonly errored: number
}

/**
 * Each provider's cells with a certain prompt are so many replies of one model to that prompt. The server knows models and not
 * providers, so the counts of the one are held against the counts of the other, the largest first.
 */
export function tally(
  calls: readonly Pick<LoggedCall, 'model' | 'promptHash' | 'replied'>[],
  rehearsed: Rehearsed,
): Tally {
  const replied = calls.filter(({ replied }) => replied)
  const given = countBy(
    replied,
    ({ promptHash }) => promptHash,
    ({ model }) => model,
  )
  // Of a cell with several trials, the last.
  const cells = [...new Map(rehearsed.cells.map((cell) => [`${cell.provider} ${cell.id}`, cell])).values()]
  const scored = cells.filter(({ isErrored }) => !isErrored)
  return {
    calls: calls.length,
    replies: replied.length,
    faults: calls.length - replied.length,
    lost: rehearsed.planned - cells.length + excess(dueTo(scored), given),
    twice: excess(given, dueTo(cells)),
    errored: cells.length - scored.length,
  }
}

function dueTo(cells: readonly RehearsedCell[]): Map<string, number[]> {
  return countBy(
    cells,
    ({ prompt }) => hash('sha256', prompt),
    ({ provider }) => provider,
  )
}

/** By how much the counts of some groups are above those of others. */
function excess(
  counts: ReadonlyMap<string, readonly number[]>,
  others: ReadonlyMap<string, readonly number[]>,
): number {
  let sum = 0
  for (const [group, numbers] of counts)
    for (const [index, number] of numbers.entries())
      sum += Math.max(0, number - (others.get(group)?.[index] ?? 0))
  return sum
}

/** How many there are of each kind within each group, the largest number first. */
function countBy<T>(
  items: readonly T[],
  groupOf: (item: T) => string,
  kindOf: (item: T) => string,
): Map<string, number[]> {
  const groups = Map.groupBy(items, groupOf)
  return new Map(
    [...groups].map(([group, members]) => {
      const kinds = Map.groupBy(members, kindOf)
      return [group, [...kinds.values()].map(({ length }) => length).toSorted((a, b) => b - a)]
    }),
  )
}
