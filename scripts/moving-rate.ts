/** Long enough for calls that take seconds, short enough to follow a limit that changes. */
const WINDOW_MS = 20_000

/** How fast a count grows of late, from samples taken now and then: what was done an hour ago says nothing of what is left. */
export class MovingRate {
  readonly #samples: { readonly at: number; readonly count: number }[] = []

  /** Takes the count at a time in milliseconds. Two samples at least are kept, however far apart. */
  sample(at: number, count: number): void {
    this.#samples.push({ at, count })
    while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) >= WINDOW_MS) this.#samples.shift()
  }

  /** Growth a second, over the window; 0 before there are two samples. */
  get perSecond(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (first === undefined || last === undefined || last.at <= first.at) return 0
    return ((last.count - first.count) * 1000) / (last.at - first.at)
  }
}
