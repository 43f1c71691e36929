import type { Cell } from '../model/cell.ts'
import type { Plan } from '../model/plan.ts'
import type { Verifier } from '../model/verification.ts'
import { isSerial } from '../plan/make-plan.ts'
import type { CellRunner } from './cell-runner.ts'
import { runLane } from './lane.ts'
import type { Order } from './order.ts'
import type { Pace } from './pace.ts'
import { Pacemaker } from './pace.ts'
import type { Stop } from './stop.ts'

/**
 * Cells per account that may be checked, recorded or waiting for another try while others are called. The record is
 * acknowledged in groups, so there must be enough of them to fill one.
 */
const AHEAD = 64

/** Cells that wait for those before them are not rendered yet: many may stand in line. */
const ORDERED = 4_096

interface Lanes {
  readonly runner: CellRunner
  readonly verifier: Verifier
  /** Ids of cells that are on record already. */
  readonly finished: ReadonlySet<string> | undefined
  readonly stop: Stop
  readonly order: Order | undefined
  /** Calls of an account in flight at most, as far as is known when the run starts. */
  readonly limitOf: (account: string) => number
}

/** Cases that ask for it go first, one at a time; then all accounts side by side, what has an order apart from what has none. */
export async function runLanes(
  plan: Plan,
  { runner, verifier, finished, stop, order, limitOf }: Lanes,
): Promise<void> {
  const run = runner.run.bind(runner)
  const isDue = ({ id }: Cell) => finished?.has(id) !== true
  const isOrdered = (cell: Cell) => order?.chainOf(cell) !== undefined
  const inTurn = (takes: (cell: Cell) => boolean, pace?: Pace) =>
    runLane({ cells: only(plan.cells(), takes), limit: 1, ahead: 0, run, stop, pace })

  const hasSerial = (plan.size.serialCells ?? 0) > 0
  const isFree = hasSerial ? (cell: Cell) => isDue(cell) && !isSerial(cell.case) : isDue
  if (hasSerial) await inTurn((cell) => isSerial(cell.case) && isDue(cell))

  const pacemaker = new Pacemaker((testCase) => verifier.comparesColumns(testCase), stop)
  const lanes = plan.accounts.map((account) => {
    const limit = limitOf(account)
    const cells = only(plan.cells(account), (cell) => isFree(cell) && !isOrdered(cell))
    return runLane({ cells, limit, ahead: AHEAD, run, stop, pace: pacemaker.join() })
  })
  if (order?.isOne === true) lanes.push(inTurn((cell) => isFree(cell) && isOrdered(cell), pacemaker.join()))
  else if (order !== undefined) {
    for (const account of plan.accounts) {
      const cells = only(plan.cells(account), (cell) => isFree(cell) && isOrdered(cell))
      lanes.push(
        runLane({ cells, limit: ORDERED, ahead: 0, pending: ORDERED, run, stop, pace: pacemaker.join() }),
      )
    }
  }
  await Promise.all(lanes)
}

async function* only(cells: AsyncIterable<Cell>, takes: (cell: Cell) => boolean): AsyncGenerator<Cell, void> {
  for await (const cell of cells) if (takes(cell)) yield cell
}
