/** Why a call was cut short. */
export type CutShort = 'timeout' | 'aborted'

/** One call in flight: what its provider is given to listen to, and what to call when it ended by itself. */
export interface Deadline {
  readonly signal: AbortSignal
  end(): void
}

interface Entry extends Deadline {
  readonly controller: AbortController
  readonly due: number
  readonly cut: (why: CutShort) => void
}

/**
 * The time limits of all calls in flight, watched by one timer. All have the same limit, so the oldest is always the
 * first to fall due.
 */
export class Deadlines {
  readonly #limitMs: number
  readonly #now: () => number
  readonly #inFlight = new Set<Entry>()
  #timer: NodeJS.Timeout | undefined
  #aborted = false

  /** @param now milliseconds on a monotonic clock. */
  constructor(limitMs: number, now: () => number) {
    this.#limitMs = limitMs
    this.#now = now
  }

  /** Begins a call's time. `cut` is called at most once, and never after `end()`. */
  begin(cut: (why: CutShort) => void): Deadline {
    const controller = new AbortController()
    const entry: Entry = {
      controller,
      signal: controller.signal,
      due: this.#now() + this.#limitMs,
      cut,
      end: () => this.#inFlight.delete(entry),
    }
    this.#inFlight.add(entry)
    this.#timer ??= setTimeout(() => this.#sweep(), this.#limitMs)
    if (this.#aborted) this.#cut(entry, 'aborted')
    return entry
  }

  /** Cuts every call in flight short, and every later one at once. */
  abortAll(): void {
    this.#aborted = true
    for (const entry of this.#inFlight) this.#cut(entry, 'aborted')
  }

  /** Lets go of the timer, which would keep the process alive. */
  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #sweep(): void {
    this.#timer = undefined
    const now = this.#now()
    for (const entry of this.#inFlight) {
      if (entry.due > now) {
        this.#timer = setTimeout(() => this.#sweep(), Math.max(1, entry.due - now))
        return
      }
      this.#cut(entry, 'timeout')
    }
  }

  #cut(entry: Entry, why: CutShort): void {
    this.#inFlight.delete(entry)
    entry.cut(why)
    const reason = why === 'timeout' ? `no reply within ${this.#limitMs} ms` : 'the run was aborted'
    entry.controller.abort(new DOMException(reason, why === 'timeout' ? 'TimeoutError' : 'AbortError'))
  }
}
