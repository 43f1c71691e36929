import type { CaseNumbers } from './case-numbers.ts'
import type { ColumnRows, RowIndex } from './column-rows.ts'

/** The metrics that every trial has, before those that checks name. */
const BUILT_IN = ['pass', 'pass_first']

/** Reads one column of a score table by case, in the order of the repeats. Case number −1 is a case it does not have. */
export class ColumnView {
  readonly #rows: ColumnRows
  readonly #index: RowIndex
  /** Of the cases. */
  readonly numbers: CaseNumbers
  readonly metrics: string[]

  constructor(rows: ColumnRows, numbers: CaseNumbers) {
    this.#rows = rows
    this.#index = rows.index(numbers.size)
    this.numbers = numbers
    this.metrics = this.#metrics()
  }

  /** Writes the finished scores of a case into a list that is used again and again; returns how many there are. */
  read(metric: string, caseIndex: number, into: number[]): number {
    const scores = this.#rows.scores(metric)
    return scores === undefined ? 0 : this.#read(scores, caseIndex, into)
  }

  scores(metric: string, caseIndex: number): number[] {
    const scores = this.#rows.scores(metric)
    return scores === undefined ? [] : this.#list(scores, caseIndex)
  }

  latencies(caseIndex: number): number[] {
    return this.#list(this.#rows.latencies, caseIndex)
  }

  costs(caseIndex: number): number[] {
    return this.#list(this.#rows.costs, caseIndex)
  }

  readLatencies(caseIndex: number, into: number[]): number {
    return this.#read(this.#rows.latencies, caseIndex, into)
  }

  readCosts(caseIndex: number, into: number[]): number {
    return this.#read(this.#rows.costs, caseIndex, into)
  }

  errored(caseIndex: number): number {
    if (caseIndex < 0) return 0
    const { rows, start } = this.#index
    const end = start[caseIndex + 1] ?? 0
    let errored = 0
    for (let i = start[caseIndex] ?? 0; i < end; i++) if (this.#rows.isErrored(rows[i] as number)) errored++
    return errored
  }

  /** Cells of a case, errored ones included. */
  cells(caseIndex: number): number {
    const { start } = this.#index
    return caseIndex < 0 ? 0 : (start[caseIndex + 1] ?? 0) - (start[caseIndex] ?? 0)
  }

  #read(values: Float64Array, caseIndex: number, into: number[]): number {
    if (caseIndex < 0) return 0
    const { rows, start } = this.#index
    const end = start[caseIndex + 1] ?? 0
    let n = 0
    for (let i = start[caseIndex] ?? 0; i < end; i++) {
      const value = values[rows[i] as number] as number
      if (value === value) into[n++] = value
    }
    return n
  }

  #list(values: Float64Array, caseIndex: number): number[] {
    const list: number[] = []
    this.#read(values, caseIndex, list)
    return list
  }

  #metrics(): string[] {
    const found = new Set<string>()
    const rows = this.#index.rows
    for (const metric of this.#rows.metrics) {
      const scores = this.#rows.scores(metric)
      if (scores !== undefined && rows.some((row) => !Number.isNaN(scores[row]))) found.add(metric)
    }
    const named = [...found].filter((metric) => !BUILT_IN.includes(metric)).sort()
    return [...BUILT_IN.filter((metric) => found.has(metric)), ...named]
  }
}
