/** How one request is answered. Scripts are JSON: they are handed to the server's own process. */
export type Step =
  | { readonly do: 'reply'; readonly afterMs?: number }
  /** `retryAfter`: whole seconds, or as the date that many seconds from now. */
  | {
      readonly do: 'status'
      readonly status: number
      readonly retryAfter?: number | { readonly date: number }
    }
  /** The connection is reset before anything is answered, or with half of the body sent. */
  | { readonly do: 'reset'; readonly when: 'before' | 'during' }
  /** Nothing is ever answered. */
  | { readonly do: 'hang' }
  /** A good reply, in so many pieces. */
  | { readonly do: 'trickle'; readonly pieces: number; readonly everyMs: number }
  /** 200 and JSON, says its header; what comes is none. */
  | { readonly do: 'garbage' }
  /** 200 and the page of a proxy. */
  | { readonly do: 'page' }
  /** A good reply in so many bytes. */
  | { readonly do: 'flood'; readonly bytes: number }
  /** 200 with an error in the place of the reply. */
  | { readonly do: 'error_inside' }

/** How the requests of one account are answered. */
export interface AccountScript {
  /** The first, second… request of a prompt gets the first, second… step; those after them are replied to. */
  readonly faults?: {
    readonly steps: readonly Step[]
    /** Share of the prompts that meet them, by their text and the seed. Default 1. */
    readonly share?: number
    /** The last step is repeated for ever. */
    readonly forever?: boolean
  }
  /** Requests over the limit get a 429, whatever else is scripted. A fixed window begins on the clock, as servers have it. */
  readonly rate?: {
    readonly window: 'fixed' | 'sliding'
    readonly requests: number
    readonly windowMs: number
    /** Seconds the 429 asks to wait; without it, it says nothing. */
    readonly retryAfter?: number
  }
  /** How long replies take: log-normal around a median. Default: at once. */
  readonly latency?: { readonly medianMs: number; readonly sigma?: number }
  /** Answers as a grader does: every output passes. */
  readonly grades?: boolean
}

export interface Script {
  readonly seed?: number
  /** Milliseconds an encrypted connection is left waiting before its handshake begins: the first one, the second one… */
  readonly handshakeMs?: readonly number[]
  /** By name; `*` is every other. An account that is not here is replied to. */
  readonly accounts?: Readonly<Record<string, AccountScript>>
}

/** A request as the server saw it. */
export interface Logged {
  readonly id: number
  readonly account: string
  readonly prompt: string
  /** Milliseconds on the server's clock. */
  readonly arrivedMs: number
  /** Until the last byte was handed over, or the connection was gone; null while it lasts. */
  tookMs: number | null
  /** What it was given: `reply`, `status 429`, `hang`… */
  readonly given: string
  /** True when all of the answer was handed over; false while it lasts, and when the connection went first. */
  answered: boolean
  /** Requests of the account that were being answered when this one came, itself included. */
  readonly inFlight: number
}
