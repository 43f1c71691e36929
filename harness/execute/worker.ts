import type { Cell } from '../model/cell.ts'
import type { Trial } from '../model/trial.ts'
import type { Withheld } from './call.ts'
import type { HookResult } from './extensions.ts'
import type { Slot } from './lane.ts'

/** What became of a cell: its trial, still to be recorded, or the reason it was left out. */
export type CellResult = Finished | Withheld

export interface Finished {
  readonly trial: Trial
  /** The cell as the beforeEach hooks left it. */
  readonly cell: Cell
  /** As the afterAll hooks are given it, where there are any. */
  readonly row?: HookResult | undefined
}

/**
 * What runs cells: one at a time, from rendering to a checked reply, as often at once as it is asked to. Everything a
 * cell takes is in the cell (`cell-job.ts` puts it into JSON and back), and its calls go through the engine, so that
 * a worker may as well sit on another machine: the lanes that draw cells and the record that keeps trials do not know
 * where one ran.
 */
export interface CellWorker {
  /** Rejects only when the run itself cannot go on. */
  run(cell: Cell, slot: Slot): Promise<CellResult>
}
