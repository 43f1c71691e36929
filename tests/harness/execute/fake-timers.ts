import type { Timers } from '../../../harness/execute/timers.ts'

interface Due {
  readonly at: number
  readonly act: () => void
}

/** A clock that stands still until a test moves it: no time passes while code runs. */
export class FakeTimers implements Timers {
  #now = 0
  readonly #due = new Set<Due>()

  now(): number {
    return this.#now
  }

  after(ms: number, act: () => void): () => void {
    const due = { at: this.#now + ms, act }
    this.#due.add(due)
    return () => this.#due.delete(due)
  }

  /** Timers not yet fired. */
  get pending(): number {
    return this.#due.size
  }

  /** Moves the clock on without looking at the timers, as a blocked event loop does. */
  block(ms: number): void {
    this.#now += ms
  }

  /** Lets `ms` pass, and whatever falls due in it. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (let next = await this.#next(); next !== undefined && next.at <= until; next = await this.#next()) {
      this.#fire(next)
    }
    this.#now = Math.max(this.#now, until)
    await settled()
  }

  /** Lets time pass until the promise is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { settled: false }
    const settle = () => {
      state.settled = true
    }
    promise.then(settle, settle)
    for (let next = await this.#next(); next !== undefined && !state.settled; next = await this.#next()) {
      this.#fire(next)
    }
    return promise
  }

  async #next(): Promise<Due | undefined> {
    await settled()
    return [...this.#due].sort((a, b) => a.at - b.at)[0]
  }

  #fire(due: Due): void {
    this.#due.delete(due)
    this.#now = Math.max(this.#now, due.at)
    due.act()
  }
}

/** Every promise that can go on has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
