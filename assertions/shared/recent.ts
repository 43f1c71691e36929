/** What was made last, by a text that says all it was made from: assay hands each reply a new copy of the config. */
export class Recent<T> {
  readonly #most: number
  readonly #made = new Map<string, T>()

  constructor(most: number) {
    this.#most = most
  }

  /** @throws what `make` throws; that is not kept */
  get(key: string, make: () => T): T {
    const known = this.#made.get(key)
    const value = known === undefined ? make() : known
    // The last used goes to the end of the order.
    this.#made.delete(key)
    this.#made.set(key, value)
    const oldest = this.#made.size > this.#most ? this.#made.keys().next().value : undefined
    if (oldest !== undefined) this.#made.delete(oldest)
    return value
  }
}
