import type { Timers } from '../../../../harness/execute/timers.ts'

interface Event {
  readonly at: number
  readonly order: number
  readonly act: () => void
  forgotten: boolean
}

/** Time that passes only when it is told to: what is due happens in order, and whatever it sets off, before the next. */
export class VirtualTime implements Timers {
  /** A binary heap: the earliest first, of those due together the one that was set first. */
  readonly #heap: Event[] = []
  #now = 0
  #order = 0

  now(): number {
    return this.#now
  }

  after(ms: number, act: () => void): () => void {
    const event = { at: this.#now + ms, order: this.#order++, act, forgotten: false }
    this.#push(event)
    return () => {
      event.forgotten = true
    }
  }

  /** Timers that would keep a process alive. */
  get pending(): number {
    return this.#heap.filter(({ forgotten }) => !forgotten).length
  }

  /** Lets `ms` pass. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    await settled()
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#pop()
      if (next.forgotten) continue
      this.#now = next.at
      next.act()
      await settled()
    }
    this.#now = end
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve))
  }

  #push(event: Event): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(event)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (above === undefined || isBefore(above, event)) break
      heap[index] = above
      heap[parent] = event
      index = parent
    }
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    heap[0] = last
    for (;;) {
      let child = 2 * index + 1
      const [left, right] = [heap[child], heap[child + 1]]
      if (left === undefined) return
      if (right !== undefined && isBefore(right, left)) child++
      const least = heap[child]
      if (least === undefined || isBefore(last, least)) return
      heap[index] = least
      heap[child] = last
      index = child
    }
  }
}

/** What was set off by promises has happened, unless one led to more than twenty others in turn. */
async function settled(): Promise<void> {
  for (let depth = 0; depth < 20; depth++) await Promise.resolve()
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

/** Random numbers in [0, 1) that are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
