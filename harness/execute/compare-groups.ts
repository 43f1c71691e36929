import type { Cell } from '../model/cell.ts'
import { messageOf } from '../model/errors.ts'
import type { Trial } from '../model/trial.ts'
import type { Verifier } from '../model/verification.ts'
import type { Finished } from './worker.ts'

interface Group {
  /** Cells of it that are still to end. */
  due: number
  /** True once one of them was left out: the others cannot be compared in this run. */
  isBroken: boolean
  readonly finished: Finished[]
}

/** Collects the trials of one case and repeat until every column has answered, for `select-best` and `max-score`. */
export class CompareGroups {
  readonly #verifier: Verifier
  readonly #columnsOf: (cell: Cell) => number
  readonly #groups = new Map<string, Group>()

  /** @param columnsOf how many columns answer the cell's case */
  constructor(verifier: Verifier, columnsOf: (cell: Cell) => number) {
    this.#verifier = verifier
    this.#columnsOf = columnsOf
  }

  /** The whole group, compared, when this cell completes it, else nothing. */
  async add(finished: Finished): Promise<readonly Finished[]> {
    const group = this.#groupOf(finished.cell)
    if (!group.isBroken) group.finished.push(finished)
    return this.#hasEnded(group, finished.cell) ? this.#compare(group.finished) : []
  }

  /** A cell has come to nothing. What the others came to is let go of: their calls are on record, their trials are not. */
  leaveOut(cell: Cell): void {
    const group = this.#groupOf(cell)
    group.isBroken = true
    group.finished.length = 0
    this.#hasEnded(group, cell)
  }

  #groupOf(cell: Cell): Group {
    const key = keyOf(cell)
    const group = this.#groups.get(key) ?? { due: this.#columnsOf(cell), isBroken: false, finished: [] }
    this.#groups.set(key, group)
    return group
  }

  #hasEnded(group: Group, cell: Cell): boolean {
    group.due--
    if (group.due > 0) return false
    this.#groups.delete(keyOf(cell))
    return true
  }

  /** Outputs are compared in the order of the columns, whichever account answered first. */
  async #compare(finished: readonly Finished[]): Promise<Finished[]> {
    const inOrder = finished.toSorted((a, b) => a.cell.column.index - b.cell.column.index)
    const [first] = inOrder
    if (first === undefined) return []
    const cells = inOrder.map(({ cell }) => cell)
    const trials = inOrder.map(({ trial }) => trial)
    const compared = await this.#verifier
      .compare(first.cell.case, cells, trials)
      .catch((error: unknown) => trials.map((trial) => brokenBy(error, trial)))
    return inOrder.map(({ cell, trial, row }, i) => ({ cell, trial: compared[i] ?? trial, row }))
  }
}

function keyOf({ repeat, case: testCase }: Cell): string {
  return `${repeat} ${testCase.id}`
}

function brokenBy(error: unknown, trial: Trial): Trial {
  const message = `the comparison of columns broke: ${messageOf(error)}`
  return { ...trial, outcome: 'errored', score: null, reason: message, error: message }
}
