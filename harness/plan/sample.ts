import { shortDigest } from '../suite/cases/identity.ts'

/**
 * A seeded sample of n ids that depends on the ids alone: reordering the cases, or adding others, keeps those chosen
 * that still rank. Ids are offered one by one; memory is bounded by n.
 */
export class Sample {
  readonly #n: number
  readonly #seed: number
  #ranked: { readonly rank: string; readonly id: string }[] = []

  constructor({ n, seed }: { readonly n: number; readonly seed: number }) {
    this.#n = n
    this.#seed = seed
  }

  offer(id: string): void {
    this.#ranked.push({ rank: shortDigest(`${this.#seed}\n${id}`), id })
    if (this.#ranked.length > 2 * this.#n + 1_000) this.#cut()
  }

  chosen(): ReadonlySet<string> {
    this.#cut()
    return new Set(this.#ranked.map(({ id }) => id))
  }

  #cut(): void {
    this.#ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    this.#ranked.length = Math.min(this.#ranked.length, this.#n)
  }
}
