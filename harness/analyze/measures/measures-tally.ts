import type { CheckMeasures } from '../../model/measure.ts'
import type { CheckResult, Trial } from '../../model/trial.ts'
import { clusterOf } from '../paired/cluster-key.ts'
import { tallyOf } from './kinds.ts'
import type { MeasureTally } from './tally.ts'

/** What the checks of a column saw, beyond scores: one tally for each check that brings evidence. */
export class MeasuresTally {
  readonly #cluster: string | undefined
  readonly #tallies = new Map<string, { readonly check: string; readonly tally: MeasureTally }>()

  /** @param cluster where the suite says what cases share: `vars.document_id` */
  constructor(cluster?: string) {
    this.#cluster = cluster
  }

  /** An errored trial is missing data: what one of its checks saw before another broke is not counted. */
  add(trial: Trial): void {
    if (trial.outcome === 'errored') return
    for (const check of trial.checks) this.#addCheck(check, trial)
  }

  /** By name: the order of arrival must not show. */
  finish(): readonly CheckMeasures[] {
    return [...this.#tallies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { check, tally }]) => {
        const { measures, tables } = tally.finish()
        return { check, measures, tables }
      })
      .filter(({ measures, tables }) => measures.length + tables.length > 0)
  }

  #addCheck({ metric, evidence, members = [] }: CheckResult, trial: Trial): void {
    for (const member of members) this.#addCheck(member, trial)
    if (evidence === undefined) return
    const check = metric ?? evidence.kind
    const key = `${check}\0${evidence.kind}`
    let found = this.#tallies.get(key)
    if (found === undefined) {
      const tally = tallyOf(evidence.kind)
      if (tally === undefined) return
      this.#tallies.set(key, (found = { check, tally }))
    }
    const { cell, outcome, costUsd } = trial
    const unit = (this.#cluster && clusterOf(cell, this.#cluster)) ?? cell.caseId
    found.tally.add(evidence, { caseId: cell.caseId, unit, repeat: cell.repeat, outcome, costUsd })
  }
}
