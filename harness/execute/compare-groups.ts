import type { Cell } from '../model/cell.ts'
import { messageOf } from '../model/errors.ts'
import type { Trial } from '../model/trial.ts'
import type { Verifier } from '../model/verification.ts'

/** A cell and its trial, compared with the others of its group. */
export interface Compared {
  readonly cell: Cell
  readonly trial: Trial
}

interface Group {
  readonly cells: Cell[]
  readonly trials: Trial[]
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

  /** The compared trials of the whole group when this one completes it, else none. */
  async add(cell: Cell, trial: Trial): Promise<readonly Compared[]> {
    const key = `${cell.repeat} ${cell.case.id}`
    const group = this.#groups.get(key) ?? { cells: [], trials: [] }
    this.#groups.set(key, group)
    group.cells.push(cell)
    group.trials.push(trial)
    if (group.trials.length < this.#columnsOf(cell)) return []
    this.#groups.delete(key)
    return this.#compare(group)
  }

  /** Outputs are compared in the order of the columns, whichever account answered first. */
  async #compare({ cells, trials }: Group): Promise<Compared[]> {
    const order = cells.map((_, i) => i).sort((a, b) => columnIndex(cells[a]) - columnIndex(cells[b]))
    const inOrder = <T>(items: readonly T[]) =>
      order.map((i) => items[i]).filter((item) => item !== undefined)
    const [ordered, judged] = [inOrder(cells), inOrder(trials)]
    const [first] = ordered
    if (first === undefined) return []
    try {
      const compared = await this.#verifier.compare(first.case, ordered, judged)
      return pairs(ordered, compared)
    } catch (error) {
      const message = `the comparison of columns broke: ${messageOf(error)}`
      const broken = { outcome: 'errored', score: null, reason: message, error: message } as const
      return pairs(
        ordered,
        judged.map((trial) => Object.assign({}, trial, broken)),
      )
    }
  }
}

function pairs(cells: readonly Cell[], trials: readonly Trial[]): Compared[] {
  return trials.flatMap((trial, i) => {
    const cell = cells[i]
    return cell === undefined ? [] : [{ cell, trial }]
  })
}

function columnIndex(cell: Cell | undefined): number {
  return cell?.column.index ?? 0
}
