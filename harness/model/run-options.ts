/** A selection as JSON. */
export interface SelectionRecord {
  readonly filter?: { readonly source: string; readonly flags: string }
  readonly tags?: readonly string[]
  readonly providers?: readonly string[]
  readonly prompts?: readonly string[]
  readonly repeat?: number
  readonly sample?: { readonly n: number; readonly seed: number }
  readonly cellIds?: readonly string[]
  readonly shuffle?: number
}

/** What was asked for of the comparison with a baseline. */
export interface ComparisonOptions {
  /** A baseline or a run, or `none`; absent for the suite's own. */
  readonly baseline?: string
  /** New names by old ones. */
  readonly renamed?: Readonly<Record<string, string>>
  /** Runs the baseline's columns again, beside the run's own. */
  readonly rerunBaseline?: boolean
  /** Adds repeats while the comparison is inconclusive. */
  readonly settle?: boolean
  /** Stops once the comparison has decided. */
  readonly stopEarly?: boolean
  /** An inconclusive comparison fails. */
  readonly strict?: boolean
  readonly failOn?: FailOn
}

/** What makes a run fail: its gate, in a suite without one any failed cell (`gate`, the default, and `any`), floors alone, or nothing. */
export type FailOn = 'gate' | 'any' | 'floor' | 'none'

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
  readonly comparison?: ComparisonOptions
}
