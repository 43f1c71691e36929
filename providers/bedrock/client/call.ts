import { Cut } from '../../shared/cut.ts'
import type { Turns } from './turns.ts'

/** Milliseconds that only ever grow. */
export interface Clock {
  now(): number
}

/** What is seen of one call on the wire, and how it is ended before its time. */
export class Call {
  readonly #clock: Clock
  readonly #turns: Turns
  readonly #abort = new AbortController()
  readonly #cut: Cut
  readonly #caller: AbortSignal | undefined
  #hasTurn = false
  #isClosed = false
  #departedAt: number | undefined
  #firstAt: number | undefined
  #endedAt: number | undefined
  status: number | undefined
  headers: Readonly<Record<string, string>> = {}

  /** @param timeoutMs from now to the last byte */
  constructor(clock: Clock, turns: Turns, timeoutMs: number, caller: AbortSignal | undefined) {
    this.#clock = clock
    this.#turns = turns
    this.#caller = caller
    this.#cut = new Cut(caller)
    this.#cut.guard(() => this.#abort.abort())
    this.#cut.start(timeoutMs)
  }

  /** Ends with the call's time, or when the caller wants no more of it. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get aborted(): boolean {
    return this.#caller?.aborted === true
  }

  get timedOut(): boolean {
    return this.#cut.why === 'timeout'
  }

  /** True once the server has been sent the request. */
  get hasLeft(): boolean {
    return this.#departedAt !== undefined
  }

  /** What comes of the work, or the signal's reason, whichever is first: not everything listens to the signal. */
  until<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(this.signal.reason as Error)
      if (this.signal.aborted) stop()
      else this.signal.addEventListener('abort', stop, { once: true })
      work.then(resolve, reject)
    })
  }

  async takeTurn(): Promise<void> {
    await this.#turns.take()
    if (this.#isClosed) this.#turns.pass()
    else this.#hasTurn = true
    this.signal.throwIfAborted()
  }

  /** The request is on its way. */
  departs(): void {
    this.#departedAt = this.#clock.now()
    this.#passTurn()
  }

  answers(status: number, headers: Readonly<Record<string, string>>): void {
    this.status = status
    this.headers = headers
  }

  /** Some of the reply is there: text, reasoning or a tool call. */
  speaks(): void {
    this.#firstAt ??= this.#clock.now()
  }

  /** The last byte is there. */
  ends(): void {
    this.#endedAt = this.#clock.now()
  }

  /** Whatever came of it: lets go of everything, the socket of a reply that was not read to its end included. */
  close(): void {
    this.#isClosed = true
    this.#cut.release()
    this.#passTurn()
    if (this.hasLeft && this.#endedAt === undefined) this.#abort.abort()
  }

  /** Milliseconds from the departure: to the last byte, or to now where none came; to the first of the reply. */
  timing(): { latencyMs?: number; ttftMs?: number } {
    const departed = this.#departedAt
    if (departed === undefined) return {}
    return {
      latencyMs: (this.#endedAt ?? this.#clock.now()) - departed,
      ...(this.#firstAt !== undefined && { ttftMs: this.#firstAt - departed }),
    }
  }

  #passTurn(): void {
    if (!this.#hasTurn) return
    this.#hasTurn = false
    this.#turns.pass()
  }
}
