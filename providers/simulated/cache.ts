const CHARACTERS = 2_000_000

/** Remembers what a pure function made of its last inputs: least recently used out first, by number and by length. */
export class Cache<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #capacity: number
  #characters = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string, make: (key: string) => Value): Value {
    const known = this.#entries.get(key)
    if (known !== undefined) {
      this.#entries.delete(key)
      this.#entries.set(key, known)
      return known
    }
    const made = make(key)
    this.#entries.set(key, made)
    this.#characters += key.length
    this.#shrink()
    return made
  }

  #shrink(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity && this.#characters <= CHARACTERS) return
      this.#entries.delete(oldest)
      this.#characters -= oldest.length
    }
  }
}
