import type { Spent } from '../model/spent.ts'
import type { JournalLine } from '../model/trial.ts'
import { SpentTally } from './spent-tally.ts'

/** A cell as the plan has it now. */
export interface PlannedCell {
  readonly cellId: string
  /** Keys of its prompt and provider. */
  readonly prompt: string
  readonly provider: string
  readonly varsHash?: string | undefined
  readonly checksHash: string
  /**
   * What it belongs to: cells that share a group are judged together (`select-best`), or see each other's replies
   * (a conversation), so that their trials stand together or not at all.
   */
  readonly groups?: readonly string[] | undefined
}

/** How the record of a run compares with what is planned now. */
export interface Reconciled {
  /** Ids of the cells whose trial stands. */
  readonly finished: ReadonlySet<string>
  readonly planned: number
  /** Cells whose trial goes, and is made again from the replies on record. */
  readonly again: number
  /** Cells on record whose content is another now, or which are planned no longer: their lines go. */
  readonly superseded: number
  /** What the calls of the journal took. */
  readonly spent: Spent
  /** Cells of which nothing is on record: the digests of their variables, by id. */
  readonly lacking: ReadonlyMap<string, string | undefined>
  /** False when every line of the journal stays. */
  readonly mustCompact: boolean
  /** Whether a line stays, asked once of each in order. */
  readonly keeps: () => (line: JournalLine) => boolean
}

/**
 * - `stands`: its trial is final
 * - `again`: its trial goes, its calls stay
 * - `called-again`: its trial and its failed calls go
 * - `superseded`: everything goes
 */
type Fate = 'stands' | 'again' | 'called-again' | 'superseded'

/** What is on record of a cell. */
interface Recorded {
  hasTrial: boolean
  isErrored: boolean
  varsHash: string | undefined
  /** Its trial's checks and the names of its column. */
  verdictOf: string | undefined
  fate: Fate
}

export interface ReconcileOptions {
  /** Whether trials that errored go as well, with their failed calls. */
  readonly errors: boolean
  /** Whether every trial is made again of the replies on record: code that its checks rest on may be another. */
  readonly recheck?: boolean | undefined
}

/**
 * Decides which trials of a journal stand, now that the suite may be another. Memory is a few dozen bytes a cell.
 */
export async function reconcile(
  journal: AsyncIterable<JournalLine>,
  plan: AsyncIterable<PlannedCell>,
  options: ReconcileOptions,
): Promise<Reconciled> {
  const survey = new Survey()
  for await (const line of journal) survey.add(line)
  const { cells } = survey
  const grouped: Grouped[] = []
  const lacking = new Map<string, string | undefined>()
  let planned = 0
  for await (const cell of plan) {
    planned++
    const recorded = cells.get(cell.cellId)
    if (recorded !== undefined) recorded.fate = fateOf(recorded, cell, options)
    if (recorded === undefined || recorded.fate === 'superseded') lacking.set(cell.cellId, cell.varsHash)
    if (cell.groups !== undefined) grouped.push({ recorded, groups: cell.groups })
  }
  breakGroups(grouped)

  const finished = new Set<string>()
  const counts = { again: 0, superseded: 0 }
  let mustCompact = survey.hasDuplicates
  for (const [id, { fate, hasTrial }] of cells) {
    if (fate === 'stands') finished.add(id)
    else if (fate === 'superseded') counts.superseded++
    else if (hasTrial) counts.again++
    mustCompact ||= fate === 'superseded' || (fate !== 'stands' && hasTrial)
  }
  return {
    finished,
    planned,
    ...counts,
    spent: survey.spent,
    lacking,
    mustCompact,
    keeps: () => keeper(cells),
  }
}

function fateOf(recorded: Recorded, cell: PlannedCell, { errors, recheck }: ReconcileOptions): Fate {
  const { hasTrial, isErrored, varsHash, verdictOf } = recorded
  const isOther = varsHash !== undefined && cell.varsHash !== undefined && varsHash !== cell.varsHash
  if (isOther) return 'superseded'
  if (!hasTrial) return 'again'
  if (isErrored && errors) return 'called-again'
  return recheck !== true && verdictOf === verdictKey(cell.checksHash, cell) ? 'stands' : 'again'
}

interface Grouped {
  readonly recorded: Recorded | undefined
  readonly groups: readonly string[]
}

/** A group with a trial missing loses the others; one of those may be in a second group. */
function breakGroups(cells: readonly Grouped[]): void {
  const broken = new Set<string>()
  for (let before = -1; before < broken.size;) {
    before = broken.size
    for (const { recorded, groups } of cells) {
      if (recorded?.fate === 'stands' && groups.some((group) => broken.has(group))) recorded.fate = 'again'
      if (recorded?.fate !== 'stands') for (const group of groups) broken.add(group)
    }
  }
}

/** A line of a call that belongs to no cell stays; of two trials of a cell, which no run writes, the first does. */
function keeper(cells: ReadonlyMap<string, Recorded>): (line: JournalLine) => boolean {
  const seen = new Set<string>()
  return (line) => {
    const id = line.kind === 'trial' ? line.cell.id : line.cellId
    const fate = cells.get(id)?.fate ?? 'stands'
    if (line.kind === 'call')
      return (
        fate === 'stands' || fate === 'again' || (fate === 'called-again' && line.result.reply !== undefined)
      )
    const isFirst = !seen.has(id)
    seen.add(id)
    return isFirst && fate === 'stands'
  }
}

/** One pass over a journal. A cell is superseded until the plan names it. */
class Survey {
  readonly cells = new Map<string, Recorded>()
  readonly #spent = new SpentTally()
  hasDuplicates = false
  /** The few texts that many lines share, each held once. */
  readonly #texts = new Map<string, string>()

  get spent(): Spent {
    return this.#spent.total
  }

  add(line: JournalLine): void {
    if (line.kind === 'trial') {
      const { cell, checksHash, outcome } = line
      const recorded = this.#of(cell.id, cell.varsHash)
      this.hasDuplicates ||= recorded.hasTrial
      if (recorded.hasTrial) return
      recorded.hasTrial = true
      recorded.isErrored = outcome === 'errored'
      recorded.verdictOf = this.#shared(verdictKey(checksHash, cell))
      return
    }
    const { cellId, varsHash } = line
    if (cellId !== '') this.#of(cellId, varsHash)
    this.#spent.add(line)
  }

  #of(cellId: string, varsHash: string | undefined): Recorded {
    let recorded = this.cells.get(cellId)
    if (recorded === undefined) {
      recorded = {
        hasTrial: false,
        isErrored: false,
        varsHash: undefined,
        verdictOf: undefined,
        fate: 'superseded',
      }
      this.cells.set(cellId, recorded)
    }
    if (varsHash === undefined) return recorded
    recorded.varsHash ??= varsHash
    // No run writes this; what is on record of such a cell answers no one question.
    if (recorded.varsHash !== varsHash) recorded.varsHash = ''
    return recorded
  }

  #shared(text: string): string {
    const known = this.#texts.get(text)
    if (known === undefined) this.#texts.set(text, text)
    return known ?? text
  }
}

/** What a verdict rests on besides the reply: the checks, and the column it is counted in. */
function verdictKey(
  checksHash: string,
  { prompt, provider }: { readonly prompt: string; readonly provider: string },
): string {
  return `${checksHash}\n${prompt}\n${provider}`
}
