/** Excerpts of one column's outputs: of each case the one of its first repeat, whichever came first. */
export class FirstOutputs {
  readonly #outputs: (string | undefined)[] = []
  readonly #repeats: number[] = []

  /** True for a repeat that comes before the one that is held. */
  wants(caseIndex: number, repeat: number): boolean {
    return repeat < (this.#repeats[caseIndex] ?? Infinity)
  }

  set(caseIndex: number, repeat: number, output: string | undefined): void {
    // Without holes: an array with many becomes a map.
    while (this.#outputs.length < caseIndex) {
      this.#outputs.push(undefined)
      this.#repeats.push(Infinity)
    }
    this.#outputs[caseIndex] = output
    this.#repeats[caseIndex] = repeat
  }

  remove(caseIndex: number): void {
    if (caseIndex < this.#outputs.length) this.set(caseIndex, Infinity, undefined)
  }

  at(caseIndex: number): string | undefined {
    return this.#outputs[caseIndex]
  }
}
