import type { ColumnName } from '../../../../harness/model/column-name.ts'
import { Numbering } from './numbering.ts'

/** The columns of an arm by number. */
export class Columns {
  readonly #numbers = new Numbering()
  readonly names: ColumnName[] = []

  constructor(names: readonly ColumnName[] = []) {
    for (const name of names) this.of(name)
  }

  of(name: ColumnName): number {
    const number = this.#numbers.of(keyOf(name))
    if (number === this.names.length) this.names.push({ prompt: name.prompt, provider: name.provider })
    return number
  }

  /** -1 for a column that is not among them. */
  find(name: ColumnName): number {
    return this.#numbers.find(keyOf(name))
  }
}

function keyOf({ prompt, provider }: ColumnName): string {
  return `${prompt}\0${provider}`
}
