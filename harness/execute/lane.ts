import type { Cell } from '../model/cell.ts'
import type { Pace } from './pace.ts'
import type { Stop } from './stop.ts'

/** Replies held while they are checked and recorded: past this many characters a lane waits, however few they are. */
const MAX_HELD = 64 * 1024 * 1024

/** A cell's place among the calls of its account. */
export interface Slot {
  /** When the cell could have been started, had there been room: milliseconds on the run's clock. */
  readonly readyAt: number
  /**
   * The call has ended and another may begin, `delayMs` from now; `held` characters of reply remain to be dealt with.
   * Only the first call counts.
   */
  release(held?: number, delayMs?: number): void
}

interface LaneOptions {
  readonly cells: AsyncIterable<Cell>
  /** Calls in flight. */
  readonly limit: number
  /** Cells whose call has ended and which are still being checked and recorded, beyond the limit. */
  readonly ahead: number
  /** Runs one cell to its end. Must not reject. */
  readonly run: (cell: Cell, slot: Slot) => Promise<void>
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number
  readonly stop: Stop
  /** Keeps lanes together where replies are compared between them. */
  readonly pace?: Pace | undefined
}

/**
 * Runs the cells of one account in order, so many at a time, drawing each one only when there is room for it. Resolves
 * when every cell it started has ended.
 */
export async function runLane(options: LaneOptions): Promise<void> {
  const { cells, run, now, stop, pace } = options
  const room = new Room(options)
  const forget = stop.onStop(() => room.changed())
  try {
    for await (const cell of cells) {
      const readyAt = now()
      while (!stop.stopped && room.isFull) await room.change()
      await pace?.wait(cell)
      if (stop.stopped) break
      const slot = room.enter(readyAt)
      void run(cell, slot).then(() => slot.leave())
    }
  } catch (error) {
    stop.fail(error)
  } finally {
    pace?.leave()
  }
  while (!room.isEmpty) await room.change()
  forget()
  room.close()
}

/** Counts what is in a lane, and wakes it when something leaves. */
class Room {
  readonly #limit: number
  readonly #most: number
  readonly #delays = new Set<NodeJS.Timeout>()
  #calling = 0
  #unfinished = 0
  #held = 0
  #wake: (() => void) | undefined

  constructor({ limit, ahead }: LaneOptions) {
    this.#limit = limit
    this.#most = limit + ahead
  }

  get isFull(): boolean {
    return this.#calling >= this.#limit || this.#unfinished >= this.#most || this.#held >= MAX_HELD
  }

  get isEmpty(): boolean {
    return this.#unfinished === 0
  }

  enter(readyAt: number): Slot & { leave(): void } {
    this.#calling++
    this.#unfinished++
    let [calling, holding] = [true, 0]
    const release = (held = 0, delayMs = 0) => {
      if (!calling) return
      calling = false
      holding = held
      this.#held += held
      if (delayMs > 0) this.#freeLater(delayMs)
      else this.#free()
    }
    const leave = () => {
      release()
      this.#held -= holding
      this.#unfinished--
      this.changed()
    }
    return { readyAt, release, leave }
  }

  /** Resolves when something has left. One waits at a time: the lane itself. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  changed(): void {
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
  }

  /** Lets go of the delays that nobody waits for any more. */
  close(): void {
    for (const timer of this.#delays) clearTimeout(timer)
  }

  #free(): void {
    this.#calling--
    this.changed()
  }

  #freeLater(delayMs: number): void {
    const timer = setTimeout(() => {
      this.#delays.delete(timer)
      this.#free()
    }, delayMs)
    this.#delays.add(timer)
  }
}
