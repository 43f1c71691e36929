/**
 * Counts how often each digest was seen, in 12 bytes a slot: a million cases take about 25 MB, where a Map of texts takes 100.
 * Digests are told apart by 64 of their bits.
 */
export class Occurrences {
  #high = new Uint32Array(1024)
  #low = new Uint32Array(1024)
  #counts = new Uint32Array(1024)
  #used = 0

  /** @param digest at least 16 hex digits. @returns how often it was seen, this time included */
  count(digest: string): number {
    if (this.#used * 2 >= this.#counts.length) this.#grow()
    const high = Number.parseInt(digest.slice(0, 8), 16)
    const low = Number.parseInt(digest.slice(8, 16), 16)
    const slot = this.#slotOf(high, low)
    if (this.#counts[slot] === 0) {
      this.#high[slot] = high
      this.#low[slot] = low
      this.#used++
    }
    return ((this.#counts[slot] as number) += 1)
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#counts.length - 1
    let slot = low & mask
    while (this.#counts[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low))
      slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [high, low, counts] = [this.#high, this.#low, this.#counts]
    this.#high = new Uint32Array(counts.length * 2)
    this.#low = new Uint32Array(counts.length * 2)
    this.#counts = new Uint32Array(counts.length * 2)
    for (const [index, count] of counts.entries()) {
      if (count === 0) continue
      const slot = this.#slotOf(high[index] as number, low[index] as number)
      this.#high[slot] = high[index] as number
      this.#low[slot] = low[index] as number
      this.#counts[slot] = count
    }
  }
}
