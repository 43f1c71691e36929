/** How one request is answered. Plain data, so that it can be handed to a process of its own. */
export type Step =
  /** As the model answers, at its pace. */
  | { readonly do: 'reply' }
  /** The same, all of it after so many milliseconds. */
  | { readonly do: 'delay'; readonly ms: number }
  /** A good reply that says this, be it what JSON can only escape: lone surrogates. At the model's pace, or after so many milliseconds. */
  | { readonly do: 'text'; readonly text: string; readonly ms?: number }
  /** A good reply, byte by byte: in so many pieces. */
  | { readonly do: 'trickle'; readonly pieces: number; readonly everyMs: number }
  /** A reply of no text. */
  | { readonly do: 'empty' }
  /** The model declines. */
  | { readonly do: 'refusal' }
  /** A guardrail or safety filter takes the place of the reply. */
  | { readonly do: 'guardrail' }
  /** Half of the reply: the longest that was allowed. */
  | { readonly do: 'max-tokens' }
  /** A tool is called, with arguments that end in the middle. */
  | { readonly do: 'broken-tool-json' }
  /** A good reply without a word of what it took. */
  | { readonly do: 'no-usage' }
  /**
   * An error, in the words of the protocol. `retryAfter`: whole seconds, or as the date that many seconds from now. `errorType`:
   * `ModelTimeoutException`, `overloaded_error`…; without it, what the protocol calls such a status.
   */
  | {
      readonly do: 'status'
      readonly status: number
      readonly retryAfter?: number | { readonly date: number }
      readonly errorType?: string
      readonly message?: string
    }
  /** The connection is reset: before a word, after the headers, between two events, or inside one. */
  | { readonly do: 'reset'; readonly when: 'before' | 'headers' | 'mid-stream' | 'mid-frame' }
  /** The body ends in good order as far as HTTP can tell, but too early: between two events, or inside one. */
  | { readonly do: 'cut'; readonly when: 'mid-stream' | 'mid-frame' }
  /** Nothing comes any more, for ever, or for so long until the connection is reset. */
  | { readonly do: 'hang'; readonly when: 'before' | 'mid-stream'; readonly forMs?: number }
  /** A frame of an event stream with a wrong checksum; where there are no checksums, half a body. */
  | { readonly do: 'crc' }
  /** An error in the midst of a stream: an exception of an event stream, an error event among server-sent ones. */
  | { readonly do: 'exception'; readonly name: string; readonly message?: string }
  /** A body that is not what its header says: JSON that breaks off. */
  | { readonly do: 'garbage'; readonly status?: number }
  /** The page of a proxy. */
  | { readonly do: 'page'; readonly status?: number }

/** A request, as a script sees it. */
export interface ScriptedRequest {
  readonly protocol: ProtocolName
  readonly model: string
  readonly isStream: boolean
  /** As the simulated models read it: the text of the only message, else chat JSON. */
  readonly prompt: string
  /** Requests with this very body that came before, whatever became of them. */
  readonly nth: number
}

export type ProtocolName = 'bedrock' | 'openai' | 'gemini' | 'anthropic'

/** Faults that a client who tries again gets past: at most three for one and the same request, then it is answered. */
export interface FaultPlan {
  /** Share of the different requests, by their text and the seed, that meet any. Default 0.2. */
  readonly share?: number
  /** How long what hangs does so, in milliseconds. Default 300. */
  readonly hangMs?: number
}

/** The steps after which a client has got a whole reply. */
const ANSWERS: ReadonlySet<Step['do']> = new Set([
  'reply',
  'delay',
  'text',
  'trickle',
  'empty',
  'refusal',
  'guardrail',
  'max-tokens',
  'broken-tool-json',
  'no-usage',
])

export function isAnswer(step: Step): boolean {
  return ANSWERS.has(step.do)
}
