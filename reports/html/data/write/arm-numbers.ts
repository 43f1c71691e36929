import type { Trial } from '../../../../harness/model/trial.ts'
import { inputTokens } from '../../../../harness/model/usage.ts'
import type { Field } from '../about.ts'
import { FLAGS, OUTCOMES } from '../about.ts'
import { cellName } from '../cell-name.ts'
import type { FieldArray, FieldName } from '../fields.ts'
import { metricField, ROW_FIELDS } from '../fields.ts'
import type { FirstReply } from './first-reply.ts'
import { Growing } from './growing.ts'

/** Metrics that the table has a field for. Others stand in the texts alone. */
const MOST_METRICS = 100

/** The largest number of a u16. */
const MOST_U16 = 0xffff

/** Where a row stands. */
export interface RowPlace {
  readonly caseNumber: number
  readonly column: number
  /** Bits of `FLAGS` that the trial itself does not tell. */
  readonly flags: number
}

/** The numbers of an arm's rows, as they come. */
export class ArmNumbers {
  readonly #fields = Object.fromEntries(
    Object.entries(ROW_FIELDS).map(([name, type]) => [name, new Growing(type)]),
  ) as { readonly [Name in FieldName]: Growing<(typeof ROW_FIELDS)[Name]> }
  readonly #metrics = new Map<string, Growing<'f32'>>()
  /** Metrics that have no field of their own. */
  readonly leftOut = new Set<string>()
  #isOpen = true
  rows = 0

  /** @param isOpen true where a metric that is not listed gets a field when it comes */
  constructor(metrics: readonly string[], isOpen: boolean) {
    for (const metric of metrics) this.#metric(metric)
    this.#isOpen = isOpen
  }

  get metrics(): string[] {
    return [...this.#metrics.keys()]
  }

  add(trial: Trial, { caseNumber, column, flags }: RowPlace, first: FirstReply | undefined): void {
    const row = this.rows++
    const fields = this.#fields
    const { cell, usage } = trial
    fields.case.push(caseNumber)
    fields.column.push(column)
    fields.repeat.push(whole(cell.repeat))
    fields.outcome.push(Math.max(0, OUTCOMES.indexOf(trial.outcome)))
    fields.score.push(trial.score ?? NaN)
    fields.latencyMs.push(measured(trial.latencyMs))
    fields.ttftMs.push(measured(trial.ttftMs))
    fields.costUsd.push(trial.costUsd === 'unknown' ? NaN : measured(trial.costUsd))
    fields.attempts.push(whole(trial.attempts.length))
    fields.flags.push(flags | flagsOf(trial, first))
    fields.change.push(0)
    fields.tokensIn.push(usage === undefined ? NaN : measured(inputTokens(usage)))
    fields.tokensOut.push(usage === undefined ? NaN : measured(usage.output))
    const name = cellName(cell.id)
    fields.ids.push(Number.parseInt(name.slice(0, 8), 16))
    fields.ids.push(Number.parseInt(name.slice(8), 16))
    for (const metric in trial.namedScores) this.#metric(metric)?.set(row, trial.namedScores[metric] ?? NaN)
  }

  /** The values of a field so far. */
  values<Name extends FieldName>(name: Name): FieldArray<(typeof ROW_FIELDS)[Name]> {
    return this.#fields[name].values()
  }

  /** All fields in the order of the block. */
  *arrays(): Iterable<readonly [name: string, type: Field['type'], values: FieldArray]> {
    for (const [name, field] of Object.entries(this.#fields)) yield [name, field.type, field.values()]
    for (const [metric, field] of this.#metrics)
      yield [metricField(metric), field.type, field.values(this.rows)]
  }

  /** Undefined where there are too many. */
  #metric(name: string): Growing<'f32'> | undefined {
    let field = this.#metrics.get(name)
    if (field !== undefined) return field
    if (!this.#isOpen || this.#metrics.size >= MOST_METRICS) {
      this.leftOut.add(name)
      return undefined
    }
    this.#metrics.set(name, (field = new Growing('f32', NaN)))
    return field
  }
}

/** What was not measured, or cannot have been, is NaN. */
function measured(value: number | null): number {
  return value === null || !Number.isFinite(value) || value < 0 ? NaN : value
}

function whole(value: number): number {
  return Math.min(Math.max(Math.trunc(value) || 0, 0), MOST_U16)
}

function flagsOf(trial: Trial, first: FirstReply | undefined): number {
  const { attempts, response, usage } = trial
  const isRefused = response.isRefusal === true || attempts.at(-1)?.failure?.kind === 'refused'
  return (
    (first?.replayed === true ? FLAGS.replayed : 0) |
    (first?.trusted === false ? FLAGS.untrusted : 0) |
    (isRefused ? FLAGS.refused : 0) |
    (usage?.estimated === true ? FLAGS.estimated : 0)
  )
}
