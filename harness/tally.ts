import type { Analyzer } from './analyze/analyzer.ts'
import { createAnalyzer } from './analyze/analyzer.ts'
import type { Observation } from './analyze/paired/observation.ts'
import { observationOf } from './analyze/paired/observation.ts'
import { ScoreTable } from './analyze/paired/score-table.ts'
import type { Column } from './model/cell.ts'
import type { ColumnName } from './model/comparison.ts'
import { columnName } from './model/comparison.ts'
import type { Plan } from './model/plan.ts'
import type { Spent } from './model/spent.ts'
import type { Call, Trial } from './model/trial.ts'
import { besideOwn } from './plan/extra-columns.ts'
import { SpentTally } from './record/spent-tally.ts'

interface TallyOptions {
  readonly plan: Plan
  readonly runId: string
  /** Cells of the suite's own columns that the run is to account for. */
  readonly planned: number
  /** What earlier sessions of the run spent. */
  readonly spent?: Spent | undefined
  /** False for a call that is answered from another run's record. */
  readonly isMade: (call: Call) => boolean
  /** Ids of cases that are out of the gate. */
  readonly quarantined?: ReadonlySet<string> | undefined
  /** Told of every cell of the suite's own columns, those on record among them. */
  readonly onObservation?: ((observation: Observation) => void) | undefined
}

/**
 * What a run comes to, counted while it goes on: its figures and scores, and apart from them those of a baseline that is run
 * beside it. Lines of an earlier session are counted like new ones; no trial is held.
 */
export class RunTally {
  readonly analyzer: Analyzer
  /** Without the cases that are out of the gate; absent where there are none. */
  readonly gated: Analyzer | undefined
  /** Of the suite's own columns. */
  readonly table: ScoreTable
  /** Of a baseline's columns, by their names in the baseline; absent where none is run. */
  readonly beside: ScoreTable | undefined
  /** Cells of those that are finished. */
  besideFinished = 0
  readonly #quarantined: ReadonlySet<string>
  readonly #cluster: string | undefined
  readonly #names: ReadonlyMap<string, ColumnName>
  readonly #spent: SpentTally
  readonly #onObservation: (observation: Observation) => void

  constructor(options: TallyOptions) {
    const { plan, runId, planned, spent, isMade, quarantined = new Set(), onObservation = () => {} } = options
    const beside = besideOwn(plan.columns)
    const own = plan.columns.filter((column) => !beside.has(column)).map(keysOf)
    const { cluster } = plan.suite.assay
    this.analyzer = createAnalyzer({ runId, cluster, columns: own, planned, isMade })
    this.gated =
      quarantined.size === 0 ? undefined : createAnalyzer({ runId, cluster, columns: own, planned })
    this.#quarantined = quarantined
    this.table = new ScoreTable(own)
    this.#names = new Map([...beside].map((column) => [columnName(keysOf(column)), besideName(column)]))
    this.beside = beside.size === 0 ? undefined : new ScoreTable([...this.#names.values()])
    this.#cluster = cluster
    this.#spent = new SpentTally(spent)
    this.#onObservation = onObservation
  }

  add(trial: Trial): void {
    const observation = observationOf(trial, this.#cluster)
    const name = this.#names.get(columnName(trial.cell))
    if (name !== undefined) {
      this.besideFinished++
      this.beside?.add({ ...observation, ...name })
      return
    }
    this.analyzer.add(trial)
    if (!this.#quarantined.has(trial.cell.caseId)) this.gated?.add(trial)
    this.table.add(observation)
    this.#onObservation(observation)
  }

  /** A call that was made now. */
  addCall(call: Call): void {
    this.analyzer.addCall(call)
    this.#spent.add(call)
  }

  /** A call of an earlier session, whose cost is known already. */
  addEarlierCall(call: Call): void {
    this.analyzer.addCall(call)
  }

  get spent(): Spent {
    return this.#spent.total
  }
}

function keysOf({ prompt, provider }: Column): ColumnName {
  return { prompt: prompt.key, provider: provider.key }
}

function besideName(column: Column): ColumnName {
  return column.extra?.baseline ?? keysOf(column)
}
