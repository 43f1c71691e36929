import type { Cell } from '../model/cell.ts'
import type { Pace } from './pace.ts'
import type { Stop } from './stop.ts'

/** Replies held while they are checked and recorded: past this many characters a lane waits, however few they are. */
const MAX_HELD = 64 * 1024 * 1024

/** Cells drawn before their call can begin: enough to keep a fast account busy, few enough to hold in memory. */
const MAX_PENDING = 32

/** A cell's place in its lane. */
export interface Slot {
  /** The cell's first call has left: another cell may be drawn. */
  began(): void
  /** `size` more characters of reply are held until the cell has ended. */
  holds(size: number): void
}

interface LaneOptions {
  readonly cells: AsyncIterable<Cell>
  /** Calls in flight, as far as is known when the lane starts. */
  readonly limit: number
  /** Cells begun and not ended yet, in whatever state, beyond the limit. */
  readonly ahead: number
  /** Cells drawn whose first call has not left; by default no more than keep a fast account busy. */
  readonly pending?: number | undefined
  /** Runs one cell to its end. Must not reject. */
  readonly run: (cell: Cell, slot: Slot) => Promise<void>
  readonly stop: Stop
  /** Keeps lanes together where replies are compared between them. */
  readonly pace?: Pace | undefined
}

/**
 * Runs the cells of one account in order, drawing each one only when there is room for it: what limits the calls is the
 * engine, a lane limits memory. Resolves when every cell it started has ended.
 */
export async function runLane(options: LaneOptions): Promise<void> {
  const { cells, run, stop, pace } = options
  const room = new Room(options)
  const forget = stop.onStop(() => room.changed())
  try {
    for await (const cell of cells) {
      while (!stop.stopped && room.isFull) await room.change()
      await pace?.wait(cell)
      if (stop.stopped) break
      const slot = room.enter()
      void run(cell, slot).then(() => slot.leave())
    }
  } catch (error) {
    stop.fail(error)
  } finally {
    pace?.leave()
  }
  while (!room.isEmpty) await room.change()
  forget()
}

/** Counts what is in a lane, and wakes it when something leaves. */
class Room {
  readonly #mostPending: number
  readonly #most: number
  #pending = 0
  #unfinished = 0
  #held = 0
  #wake: (() => void) | undefined

  constructor({ limit, ahead, pending = Math.min(limit, MAX_PENDING) }: LaneOptions) {
    this.#mostPending = pending
    this.#most = limit + ahead
  }

  get isFull(): boolean {
    return this.#pending >= this.#mostPending || this.#unfinished >= this.#most || this.#held >= MAX_HELD
  }

  get isEmpty(): boolean {
    return this.#unfinished === 0
  }

  enter(): Slot & { leave(): void } {
    this.#pending++
    this.#unfinished++
    let [pending, holding] = [true, 0]
    const began = () => {
      if (!pending) return
      pending = false
      this.#pending--
      this.changed()
    }
    const holds = (size: number) => {
      holding += size
      this.#held += size
    }
    const leave = () => {
      began()
      this.#held -= holding
      this.#unfinished--
      this.changed()
    }
    return { began, holds, leave }
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
}
