/** Where a request stands among those with the same body. */
export interface Place {
  /** Requests that came before, whatever became of them. */
  readonly nth: number
  /** How often the same was answered before: the lowest number that nobody holds. Given back by `giveBack`. */
  readonly repeat: number
}

interface Seen {
  requests: number
  /** Numbers below it were handed out. */
  next: number
  /** Those that were given back. */
  readonly free: number[]
}

/**
 * Numbers requests with the same body, so that asking again draws another reply, as the repeats of a cell do. A request that
 * was not answered gives its number back: whoever tries again gets the reply that was meant for it.
 */
export class Repeats {
  readonly #seen = new Map<string, Seen>()

  take(key: string): Place {
    const seen = this.#of(key)
    const nth = seen.requests++
    const lowest = Math.min(...seen.free)
    if (lowest === Infinity) return { nth, repeat: seen.next++ }
    seen.free.splice(seen.free.indexOf(lowest), 1)
    return { nth, repeat: lowest }
  }

  giveBack(key: string, { repeat }: Place): void {
    this.#of(key).free.push(repeat)
  }

  #of(key: string): Seen {
    const known = this.#seen.get(key)
    if (known !== undefined) return known
    const seen: Seen = { requests: 0, next: 0, free: [] }
    this.#seen.set(key, seen)
    return seen
  }
}
