/** What the watchdog's thread is started with. */
export interface WatchdogData {
  readonly memory: SharedArrayBuffer
  readonly limitMs: number
  /** How often the pulse is looked at, in milliseconds. */
  readonly tickMs: number
  /** Files are named relative to it. */
  readonly cwd: string
}

const BEATS = 0
const NAME_LENGTH = 1
const NAME_OFFSET = 8
const NAME_CAPACITY = 504

/** Memory shared by the thread that works and the one that watches: a count of turns, and the name of what runs. */
export class Pulse {
  readonly memory: SharedArrayBuffer
  readonly #numbers: Int32Array
  readonly #name: Uint8Array
  readonly #encoder = new TextEncoder()

  constructor(memory = new SharedArrayBuffer(NAME_OFFSET + NAME_CAPACITY)) {
    this.memory = memory
    this.#numbers = new Int32Array(memory, 0, 2)
    this.#name = new Uint8Array(memory, NAME_OFFSET)
  }

  beat(): void {
    Atomics.add(this.#numbers, BEATS, 1)
  }

  get beats(): number {
    return Atomics.load(this.#numbers, BEATS)
  }

  /** Stores the name of what runs, cut to what there is room for. */
  name(name: string): void {
    const { written } = this.#encoder.encodeInto(name, this.#name)
    Atomics.store(this.#numbers, NAME_LENGTH, written)
  }

  get running(): string {
    // A decoder refuses shared memory, so it is given a copy.
    return new TextDecoder().decode(this.#name.slice(0, Atomics.load(this.#numbers, NAME_LENGTH)))
  }
}
