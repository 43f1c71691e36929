import type { GivenUp } from './giving-up.ts'

/** Calls whose key was refused after it had served: what became of them waits for the calls after them. */
export class Suspects {
  #waiting: ((why: GivenUp | undefined) => void)[] = []

  /** Resolves to why the account was given up; to undefined when it was not. */
  hold(): Promise<GivenUp | undefined> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  release(why: GivenUp | undefined): void {
    if (this.#waiting.length === 0) return
    for (const resolve of this.#waiting.splice(0)) resolve(why)
  }
}
