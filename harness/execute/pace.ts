import type { Case } from '../model/case.ts'
import type { Cell } from '../model/cell.ts'
import type { Stop } from './stop.ts'

/** Case repeats the fastest account may be ahead of the slowest where their replies are compared with each other. */
const WINDOW = 500

/** One lane's part in keeping together. */
export interface Pace {
  /** Resolves when the cell may be started. Cells whose replies are compared with no other's never wait. */
  wait(cell: Cell): Promise<void>
  /** The lane has no more cells. */
  leave(): void
}

/**
 * Replies that are compared across columns are held until all columns have answered. So that a fast account does not
 * pile them up, it may run ahead of the slowest only so far; the slowest itself never waits.
 */
export class Pacemaker {
  readonly #compares: (testCase: Case) => boolean
  readonly #stop: Stop
  readonly #positions = new Map<Pace, number>()
  #waiting: (() => void)[] = []

  constructor(compares: (testCase: Case) => boolean, stop: Stop) {
    this.#compares = compares
    this.#stop = stop
    stop.onStop(() => this.#wakeAll())
  }

  join(): Pace {
    const pace: Pace = {
      wait: async (cell) => {
        const position = cell.testIndex ?? 0
        this.#move(pace, position)
        if (!this.#compares(cell.case)) return
        while (!this.#stop.stopped && position > Math.min(...this.#positions.values()) + WINDOW) {
          await new Promise<void>((resolve) => this.#waiting.push(resolve))
        }
      },
      leave: () => this.#move(pace, Number.POSITIVE_INFINITY),
    }
    this.#positions.set(pace, 0)
    return pace
  }

  #move(pace: Pace, position: number): void {
    this.#positions.set(pace, position)
    this.#wakeAll()
  }

  #wakeAll(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
