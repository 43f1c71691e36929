import type { CaseInfo } from './observation.ts'

/** Numbers of the cases of a table, in the order in which they were first seen. */
export class CaseNumbers {
  readonly #numbers = new Map<string, number>()
  /** Lists that were looked up already: the same few are, for every column and metric. */
  #lists = new WeakMap<readonly CaseInfo[], Int32Array>()

  get size(): number {
    return this.#numbers.size
  }

  /** −1 for a case that is not known. */
  of(caseId: string): number {
    return this.#numbers.get(caseId) ?? -1
  }

  /** Of a whole list, which must not change. */
  ofAll(cases: readonly CaseInfo[]): Int32Array {
    let numbers = this.#lists.get(cases)
    if (numbers === undefined) {
      numbers = Int32Array.from(cases, ({ id }) => this.of(id))
      this.#lists.set(cases, numbers)
    }
    return numbers
  }

  /** Gives a case the next number. */
  add(caseId: string): number {
    const number = this.#numbers.size
    this.#numbers.set(caseId, number)
    this.#lists = new WeakMap()
    return number
  }
}
