/** A selection as JSON. */
export interface SelectionRecord {
  readonly filter?: { readonly source: string; readonly flags: string }
  readonly tags?: readonly string[]
  readonly providers?: readonly string[]
  readonly prompts?: readonly string[]
  readonly repeat?: number
  readonly sample?: { readonly n: number; readonly seed: number }
  readonly cellIds?: readonly string[]
}

/** What was asked for on the command line: what it takes to go on with a run as it was begun. */
export interface RunOptions {
  readonly selection: SelectionRecord
  /** Calls in flight per provider account. */
  readonly concurrency?: number
  /** Relative to the working directory of the run. */
  readonly envFiles?: readonly string[]
  /** True when `file://` may leave the project root. */
  readonly allowOutside?: boolean
  /** The budget of the whole run, in USD. */
  readonly maxCostUsd?: number
  /** Whether replies are kept in the suite's cassette, or come from there alone. */
  readonly cassette?: 'record' | 'replay'
  /** False when the local cache is not asked. */
  readonly cache?: boolean
}
