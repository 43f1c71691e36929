/** Numbers from 0 for things by their key, in the order in which they first come. */
export class Numbering {
  readonly #numbers = new Map<string, number>()

  get size(): number {
    return this.#numbers.size
  }

  /** The number of a key; a new one gets the next. */
  of(key: string): number {
    let number = this.#numbers.get(key)
    if (number === undefined) this.#numbers.set(key, (number = this.#numbers.size))
    return number
  }

  /** -1 for a key without a number. */
  find(key: string): number {
    return this.#numbers.get(key) ?? -1
  }

  keys(): string[] {
    return [...this.#numbers.keys()]
  }
}
