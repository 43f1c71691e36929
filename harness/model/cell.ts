import type { Case } from './case.ts'
import type { ColumnName } from './comparison.ts'
import type { Prompt } from './prompt.ts'
import type { ProviderSpec } from './suite.ts'

/** What is particular to a column that is run besides those of the suite. */
export interface Extra {
  /** Which arm of the comparison it belongs to. */
  readonly role: 'candidate' | 'baseline'
  /** Of a baseline's: its name there. */
  readonly baseline?: ColumnName
  /** Numbers of its repeats: `count` from `from`; without a count as many as the suite has of a case. */
  readonly repeats: { readonly from: number; readonly count?: number }
  /** Ids of the cases it answers; absent for all. */
  readonly cases?: ReadonlySet<string>
}

/** One prompt on one provider: what a report shows as a column. */
export interface Column {
  /** Position in the suite, for display order only: never an identity. */
  readonly index: number
  readonly prompt: Prompt
  readonly provider: ProviderSpec
  /** sha256 of the prompt template with its config, the provider file's hash, its config as written, and its class's model. */
  readonly hash: string
  /** Content of the provider alone: its file or id, and its config as written. */
  readonly providerHash: string
  /** Set for one that is run besides: its replies are always fresh. */
  readonly extra?: Extra | undefined
}

/** One call to be made: a column, a case, a repeat (from 0). */
export interface Cell {
  /** sha256 of the column's content, the case id and the repeat. */
  readonly id: string
  readonly column: Column
  readonly case: Case
  readonly repeat: number
  /** Position of the case and repeat in the suite, promptfoo's `testIdx`: shown to providers and hooks, never an identity. */
  readonly testIndex?: number | undefined
}
