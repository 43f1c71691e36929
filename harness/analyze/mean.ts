import { ExactSum } from '../stats/exact-sum.ts'

/** A mean of the finite values given; NaN and infinities are unscored, not zero. */
export class Mean {
  readonly #sum = new ExactSum()
  #n = 0

  add(value: number): void {
    if (!Number.isFinite(value)) return
    this.#sum.add(value)
    this.#n++
  }

  get value(): number | null {
    return this.#n === 0 ? null : this.#sum.value / this.#n
  }
}
