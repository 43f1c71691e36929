import type { Cell } from '../model/cell.ts'
import type { Trial } from '../model/trial.ts'
import type { Verifier } from '../model/verification.ts'
import type { Withheld } from './call.ts'
import type { CompareGroups } from './compare-groups.ts'
import type { HookResult } from './extensions.ts'
import type { Slot } from './lane.ts'
import type { Order } from './order.ts'
import { Chains } from './order.ts'
import type { Stop } from './stop.ts'
import type { CellWorker, Finished } from './worker.ts'
import type { Journal } from './write-line.ts'
import { writeLine } from './write-line.ts'

interface CellRunnerDeps {
  readonly worker: CellWorker
  readonly verifier: Verifier
  readonly journal: Journal
  readonly groups: CompareGroups
  readonly order: Order | undefined
  readonly stop: Stop
  /** Told of a trial that is on record, and of its row for the afterAll hooks if there are any. */
  readonly onRecorded: (trial: Trial, row: HookResult | undefined) => void
  /** Why a grader was not asked about a cell: then it is left out. */
  readonly takeWithheld: (cellId: string) => Withheld | undefined
  /** Told of a cell that was left out. */
  readonly onWithheld: (cell: Cell, withheld: Withheld) => void
}

/** Takes cells to the worker, in order where they have one, and their trials to the record. */
export class CellRunner {
  readonly #deps: CellRunnerDeps
  readonly #chains = new Chains()

  constructor(deps: CellRunnerDeps) {
    this.#deps = deps
  }

  /** Runs a cell to its end. Never rejects: what stops the run is told to `stop`. */
  async run(cell: Cell, slot: Slot): Promise<void> {
    const chain = this.#deps.order?.chainOf(cell)
    if (chain === undefined) await this.#work(cell, slot)
    else await this.#chains.follow(chain, (intact) => this.#inTurn(cell, slot, intact))
  }

  async #inTurn(cell: Cell, slot: Slot, intact: boolean): Promise<boolean> {
    const { stop } = this.#deps
    if (intact && !stop.stopped) return this.#work(cell, slot)
    const message = intact ? 'the run was stopped before its turn' : 'a cell it follows has no result'
    this.#leaveOut(cell, { withheld: 'stopped', account: cell.column.provider.account, message })
    return false
  }

  /** True when the cell has a trial. */
  async #work(cell: Cell, slot: Slot): Promise<boolean> {
    const { worker, stop } = this.#deps
    try {
      const result = await worker.run(cell, slot)
      if ('withheld' in result) {
        this.#leaveOut(cell, result)
        return false
      }
      return await this.#finish(result)
    } catch (error) {
      stop.fail(error)
      return false
    }
  }

  #leaveOut(cell: Cell, why: Withheld): void {
    const { verifier, groups, onWithheld } = this.#deps
    if (verifier.comparesColumns(cell.case)) groups.leaveOut(cell)
    onWithheld(cell, why)
  }

  /** Records the trial, or keeps it until those it is compared with are there, and records all of them. False if it could not. */
  async #finish(finished: Finished): Promise<boolean> {
    const { verifier, groups, takeWithheld, onWithheld } = this.#deps
    const done = verifier.comparesColumns(finished.cell.case) ? await groups.add(finished) : [finished]
    const withheld = done.map(({ cell }) => takeWithheld(cell.id)).find((each) => each !== undefined)
    if (withheld === undefined) await Promise.all(done.map((each) => this.#record(each)))
    else for (const { cell } of done) onWithheld(cell, withheld)
    return withheld === undefined
  }

  async #record({ trial, row }: Finished): Promise<void> {
    const { journal, onRecorded } = this.#deps
    await writeLine(journal, trial)
    const { outcome, score, namedScores } = trial
    const verdict = { success: outcome === 'passed', score: score ?? 0, namedScores: { ...namedScores } }
    onRecorded(trial, row && { ...row, ...verdict })
  }
}
