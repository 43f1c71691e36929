/** Tells every part of a run that no new cell is to be started, and why, if something broke. */
export class Stop {
  #stopped = false
  #failure: { readonly error: unknown } | undefined
  readonly #listeners = new Set<() => void>()

  get stopped(): boolean {
    return this.#stopped
  }

  /** What broke, the first thing that did; undefined for an ordinary interruption. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure
  }

  /** Stops the run; cells that were started are finished. */
  request(): void {
    this.#stopped = true
    for (const listener of this.#listeners) listener()
  }

  /** Stops the run because it cannot go on. */
  fail(error: unknown): void {
    this.#failure ??= { error }
    this.request()
  }

  onStop(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
