import type { Evidence } from '../../model/evidence.ts'
import type { CheckMeasures } from '../../model/measure.ts'
import type { Outcome } from '../../model/trial.ts'
import type { Cost } from '../../model/usage.ts'

/** What a tally may use of the trial that a piece of evidence belongs to. */
export interface MeasuredTrial {
  readonly caseId: string
  /** What intervals count as one: the cases of a cluster, where the suite names one; else the case. */
  readonly unit: string
  readonly repeat: number
  readonly outcome: Outcome
  /** Of all attempts. */
  readonly costUsd: Cost
}

/** Turns one kind of evidence, of one check in one column, into figures that do not depend on the order of the trials. */
export interface MeasureTally<E extends Evidence = Evidence> {
  add(evidence: E, trial: MeasuredTrial): void
  finish(): Omit<CheckMeasures, 'check'>
}
