/** Sums of costs are rounded: a tenth ten times over must fit into one. */
const ROUNDING = 1e-9

/** Whether a call may go: `later` when it may yet, should calls in flight take less than is set aside for them. */
export type Fit = 'now' | 'later' | 'never'

/**
 * One measure of a budget: what is spent of it, and what is set aside for the calls in flight.
 *
 * A call is let go when its own estimate fits beside the *most* that the others in flight may take. So while no call takes
 * more than that most, the limit is passed by no more than one call's own error, its real cost less its estimate: of the
 * calls that are ever let go, one is the last, and all the others are within what was set aside.
 */
export class Pot {
  readonly limit: number
  #spent = 0
  #held = 0
  #calls = 0

  constructor(limit = Number.POSITIVE_INFINITY) {
    this.limit = limit
  }

  get spent(): number {
    return this.#spent
  }

  fit(estimate: number): Fit {
    const limit = this.limit * (1 + ROUNDING)
    if (this.#spent >= this.limit || this.#spent + estimate > limit) return 'never'
    return this.#spent + this.#held + estimate > limit ? 'later' : 'now'
  }

  hold(most: number): void {
    this.#held += most
    this.#calls++
  }

  /** A call has ended: what was set aside for it, and what it took. */
  settle(most: number, taken: number): void {
    this.#calls--
    this.#held = this.#calls === 0 ? 0 : this.#held - most
    this.#spent += taken
  }

  spend(amount: number): void {
    this.#spent += amount
  }
}
