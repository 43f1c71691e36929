import type { ArmNumbers } from './arm-numbers.ts'

/** Rows of one case in one column, its repeats in their order. */
export type Repeats = Uint32Array

/** The rows of an arm by case and column. */
export class Groups {
  readonly #numbers = new Map<number, number>()
  readonly #columns: number
  readonly #rows: Uint32Array
  readonly #starts: Uint32Array

  /** @param columns how many the arm has */
  constructor(numbers: ArmNumbers, columns: number) {
    this.#columns = columns
    const { rows } = numbers
    const [cases, ofColumn] = [numbers.values('case'), numbers.values('column')]
    const groupOf = new Uint32Array(rows)
    for (let row = 0; row < rows; row++) {
      const key = (cases[row] as number) * columns + (ofColumn[row] as number)
      let group = this.#numbers.get(key)
      if (group === undefined) this.#numbers.set(key, (group = this.#numbers.size))
      groupOf[row] = group
    }
    this.#starts = new Uint32Array(this.#numbers.size + 1)
    for (const group of groupOf) this.#starts[group + 1]!++
    for (let group = 0; group < this.#numbers.size; group++)
      this.#starts[group + 1]! += this.#starts[group] as number
    this.#rows = new Uint32Array(rows)
    const next = this.#starts.slice()
    for (let row = 0; row < rows; row++) this.#rows[next[groupOf[row] as number]!++] = row
    const repeat = numbers.values('repeat')
    for (const group of this.#numbers.values())
      this.#rowsOf(group).sort((a, b) => (repeat[a] as number) - (repeat[b] as number) || a - b)
  }

  /** Undefined where the column has no row of the case. */
  find(caseNumber: number, column: number): Repeats | undefined {
    const group = this.#numbers.get(caseNumber * this.#columns + column)
    return group === undefined ? undefined : this.#rowsOf(group)
  }

  *all(): Iterable<{ readonly caseNumber: number; readonly column: number; readonly repeats: Repeats }> {
    for (const [key, group] of this.#numbers)
      yield {
        caseNumber: Math.floor(key / this.#columns),
        column: key % this.#columns,
        repeats: this.#rowsOf(group),
      }
  }

  #rowsOf(group: number): Repeats {
    return this.#rows.subarray(this.#starts[group], this.#starts[group + 1])
  }
}
