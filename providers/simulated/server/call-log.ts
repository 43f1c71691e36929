import type { ProtocolName, Step } from './step.ts'
import { isAnswer } from './step.ts'

/** A call as the server saw it. */
export interface LoggedCall {
  readonly id: number
  readonly protocol: ProtocolName
  /** `converse-stream`, `chat`… */
  readonly call: string
  readonly model: string
  /** SHA-256 of the prompt as the simulated models read it (the text of the only message, else chat JSON), in hex. */
  readonly promptHash: string
  /** Requests with this very body that came before, whatever became of them. */
  readonly nth: number
  /** How often the same was answered before: which of the replies it was to get. */
  readonly repeat: number
  /** What it was given: `reply`, `status 429`, `reset mid-stream`… */
  readonly given: string
  /** True once a whole reply was handed over; false while it lasts, and where there was none. */
  replied: boolean
  /** Milliseconds on the server's clock. */
  readonly arrivedMs: number
  /** Until the last byte was handed over, or the connection was gone; null while it lasts. */
  tookMs: number | null
}

export interface Stats {
  /** Requests that were a vendor's call. */
  readonly calls: number
  /** Whole replies handed over. */
  readonly replies: number
  /** Faults, as the plan or a script has them. */
  readonly faults: number
  /** Refused for what was asked, or how: no credentials, no such model, a body that is none. */
  readonly refused: number
  /** Replies whose client went before their end. */
  readonly abandoned: number
  readonly inFlight: number
  readonly connections: number
}

/** Older calls are forgotten: a server may run for days. */
const MOST_CALLS = 200_000

/** What came of each call. */
export class CallLog {
  readonly #calls: LoggedCall[] = []
  #asked = 0
  #replies = 0
  #faults = 0
  #refused = 0
  #abandoned = 0
  #inFlight = 0

  get calls(): readonly LoggedCall[] {
    return this.#calls
  }

  /** One more request. Whoever says so says later what became of it: `refuse`, or `settle`. */
  begin(): void {
    this.#asked++
    this.#inFlight++
  }

  refuse(): void {
    this.#refused++
    this.#inFlight--
  }

  add(call: Omit<LoggedCall, 'id' | 'given' | 'replied' | 'tookMs'>, step: Step): LoggedCall {
    const entry = { id: this.#asked, ...call, given: describe(step), replied: false, tookMs: null }
    this.#calls.push(entry)
    if (this.#calls.length > MOST_CALLS) this.#calls.splice(0, MOST_CALLS / 2)
    return entry
  }

  /** @param isSent true when all that was to be sent has left */
  settle(entry: LoggedCall, step: Step, isSent: boolean, now: number): void {
    this.#inFlight--
    entry.tookMs = now - entry.arrivedMs
    entry.replied = isSent && isAnswer(step)
    if (entry.replied) this.#replies++
    else if (isAnswer(step)) this.#abandoned++
    else this.#faults++
  }

  stats(connections: number): Stats {
    return {
      calls: this.#asked,
      replies: this.#replies,
      faults: this.#faults,
      refused: this.#refused,
      abandoned: this.#abandoned,
      inFlight: this.#inFlight,
      connections,
    }
  }
}

function describe(step: Step): string {
  if (step.do === 'status') return `status ${step.status}`
  return 'when' in step ? `${step.do} ${step.when}` : step.do
}
