import type { Cell } from '../model/cell.ts'
import type { Incomplete } from '../model/incomplete.ts'
import { INCOMPLETE_CAUSES, missing } from '../model/incomplete.ts'
import type { Withheld } from './call.ts'

/** The cells of a run that were withheld, counted by why and by account. */
export class WithheldTally {
  readonly #groups = new Map<string, Group>()

  /** A cell that the end of the run kept from being asked has no cause of its own: it is counted as left over. */
  add(cell: Pick<Cell, 'column'>, { withheld, account, message }: Withheld): void {
    if (withheld === 'stopped' || withheld === 'aborted') return
    // A budget is the run's: whose call it refused is chance.
    const blamed = withheld === 'budget' ? undefined : account
    const key = JSON.stringify([withheld, blamed])
    const group = this.#groups.get(key) ?? {
      cause: withheld,
      account: blamed,
      message: oneSentence(message),
      cells: 0,
      columns: new Map(),
    }
    group.cells++
    const { prompt, provider } = cell.column
    group.columns.set(cell.column.index, { prompt: prompt.key, provider: provider.key })
    this.#groups.set(key, group)
  }

  get causes(): Incomplete[] {
    return Array.from(this.#groups.values(), causeOf)
  }
}

function causeOf({ cause, account, message, cells, columns }: Group): Incomplete {
  return {
    cause,
    ...(account !== undefined && { account }),
    cells,
    message,
    columns: [...columns].toSorted(([a], [b]) => a - b).map(([, column]) => column),
  }
}

/** Longer than that is a page of HTML that some proxy sent. */
const MESSAGE_LIMIT = 300

function oneSentence(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim()
  return line.length <= MESSAGE_LIMIT ? line : `${line.slice(0, MESSAGE_LIMIT - 1)}…`.toWellFormed()
}

interface Group {
  readonly cause: Exclude<Withheld['withheld'], 'stopped' | 'aborted'>
  readonly account: string | undefined
  /** Of the first of them. */
  readonly message: string
  cells: number
  /** By their place in the suite. */
  readonly columns: Map<number, { readonly prompt: string; readonly provider: string }>
}

interface Ended {
  readonly planned: number
  /** Trials on record, those of earlier sessions included. */
  readonly finished: number
  /** True when Ctrl-C ended the run, not a budget. */
  readonly interrupted: boolean
  /** What is said of the budget that ended it. */
  readonly budget?: string | undefined
  /** Why no more cells were needed, where that ended it. */
  readonly decided?: string | undefined
}

/**
 * Why a run lacks cells, the cause of most of them first; empty for a run that has them all. Cells that were not even
 * started are owed to the budget if it stopped the run, else to the cause of most (they wait to be compared with those), and
 * are `missing` when there is none or the run was interrupted. Where the run had decided, all that is left was not needed.
 */
export function incompleteOf(withheld: Iterable<Incomplete>, ended: Ended): Incomplete[] {
  const causes = [...withheld].filter(({ cells }) => cells > 0).toSorted(worstFirst)
  const left = ended.planned - ended.finished - causes.reduce((sum, { cells }) => sum + cells, 0)
  if (left <= 0) return causes
  const { interrupted, budget: message, decided } = ended
  if (decided !== undefined && !interrupted)
    return [...causes, { cause: 'decided' as const, cells: left, message: decided }].toSorted(worstFirst)
  const worst = message === undefined ? causes[0] : undefined
  const owed = interrupted ? undefined : (causes.find(({ cause }) => cause === 'budget') ?? worst)
  if (owed === undefined) {
    // The time may be over while every call waits, so that none is refused.
    const budget = !interrupted && message !== undefined
    const rest = budget ? ({ cause: 'budget', cells: left, message } as const) : missing(left, interrupted)
    return [...causes, rest].toSorted(worstFirst)
  }
  return causes.with(causes.indexOf(owed), { ...owed, cells: owed.cells + left }).toSorted(worstFirst)
}

function worstFirst(a: Incomplete, b: Incomplete): number {
  return b.cells - a.cells || INCOMPLETE_CAUSES.indexOf(a.cause) - INCOMPLETE_CAUSES.indexOf(b.cause)
}
