/** Whole-number counters by index, all 0 at first, that grow as higher indices are counted. 4 bytes an index. */
export class Counters {
  #counts = new Uint32Array(64)

  increment(index: number): void {
    if (index >= this.#counts.length) {
      const larger = new Uint32Array(Math.max(index + 1, this.#counts.length * 2))
      larger.set(this.#counts)
      this.#counts = larger
    }
    this.#counts[index] = this.at(index) + 1
  }

  at(index: number): number {
    return this.#counts[index] ?? 0
  }
}

/** A list of doubles that grows. 8 bytes a value. */
export class Samples {
  #values = new Float64Array(64)
  #length = 0

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  /** A view, in the order of arrival: valid until the next `push`. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length)
  }
}
