import type { Provider } from '../model/provider.ts'
import type { ProviderSpec } from '../model/suite.ts'
import type { Attempt } from '../model/trial.ts'

/** One question to a model or a grader. */
export interface ModelRequest {
  readonly role: 'model' | 'grader'
  /** The cell it is asked for; '' for a call that belongs to none. */
  readonly cellId: string
  readonly caseId: string
  /** Digest of the case's vars, for the record. */
  readonly varsHash?: string | undefined
  readonly repeat: number
  /** Round of feedback, from 0. */
  readonly attempt: number
  /** Transport try within the round, from 0. */
  readonly retry: number
  /** The key of the prompt, as the record names it; for a grader the check that asks. */
  readonly promptKey: string
  /** The rendered prompt; for a grader that takes other than text, its arguments as JSON. */
  readonly prompt: string
  readonly spec: ProviderSpec
  readonly provider: Provider
  /** What else shapes the reply besides prompt, provider and repeat: in the cassette's key, never shown. */
  readonly shape: {
    /** Content hash of the provider: its file, or its id, and its config as written. */
    readonly provider: string
    /** The prompt's own config and the options of the test that reach the provider. */
    readonly options: unknown
    readonly vars: Readonly<Record<string, unknown>>
  }
  /** Makes the call. May throw, may never settle. */
  readonly invoke: (signal: AbortSignal) => Promise<unknown>
  /** Whether the call just made read the vars, and so may have answered from them; absent: it did not. */
  readonly readVars?: (() => boolean) | undefined
  /** Under which keys cassette and cache know the request; absent where they do not. */
  readonly keys?: RequestKeys | undefined
  /** True when a check asks how long the call took: a reply of the local cache will not do. */
  readonly timed?: boolean | undefined
  /** True for a column that is run once more: a reply of the local cache would be the one it is to be compared with. */
  readonly fresh?: boolean | undefined
  /** Told of a reply before it goes on record: whoever draws cells counts what is held in memory. */
  readonly onReply?: ((attempt: Attempt) => void) | undefined
  /** False when the provider hides queueing or retries inside its call. */
  readonly trusted: boolean
  /** Milliseconds waited right before this try; absent: none. */
  readonly backoffMs?: number | undefined
  /** Tries of this round that an earlier session recorded: all failed. */
  readonly before?: readonly Attempt[] | undefined
}

/** The two keys a request may be recorded under: see `keysOf`. */
export interface RequestKeys {
  /** For a provider that answers the prompt it is given. */
  readonly plain: string
  /** For one that looked at the case's vars as well, and so may have answered from them. */
  readonly withVars: string
}

/** Calls that were made, or replayed. */
export interface Called {
  /** The last try: a reply, or the failure that ended it. */
  readonly attempt: Attempt
  /** Tries before it, all failed, oldest first. */
  readonly earlier: readonly Attempt[]
  /** True when the reply came from a cassette, the cache or an earlier record: no call was made now. */
  readonly replayed?: boolean | undefined
}

/** No call was made, and none will be in this run: the cell is left out, to be resumed. */
export interface Withheld {
  readonly withheld: 'stopped' | 'aborted' | 'outage' | 'credit' | 'auth' | 'budget'
  readonly account: string
  /** One sentence: why. */
  readonly message: string
  /** The call whose failure led to its account being given up: made, and on record. */
  readonly made?: Attempt | undefined
  /** True for a round of feedback that a record which is checked again does not have: the round before it stands. */
  readonly unrecorded?: true | undefined
}

export type CallResult = Called | Withheld

/** Asks a model and never rejects: a failure is a kind of result. Functions of this shape compose. */
export type CallModel = (request: ModelRequest) => Promise<CallResult>

/** A part of the engine: wraps a call. */
export type WrapCall = (next: CallModel) => CallModel

export function isWithheld(result: CallResult): result is Withheld {
  return 'withheld' in result
}
