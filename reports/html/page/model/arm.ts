import type { ColumnName } from '../../../../harness/model/column-name.ts'
import type { Trial } from '../../../../harness/model/trial.ts'

/** The cells of one run, column by column; a row is an index into each. NaN stands for what was not measured. */
export interface Arm {
  readonly kind: 'main' | 'base'
  readonly rows: number
  readonly columns: readonly ColumnName[]
  readonly case: Uint32Array
  readonly column: Uint16Array
  readonly repeat: Uint16Array
  /** Index into `OUTCOMES`. */
  readonly outcome: Uint8Array
  /** NaN for unscored. */
  readonly score: Float32Array
  readonly latencyMs: Float32Array
  readonly ttftMs: Float32Array
  /** NaN for unknown. */
  readonly costUsd: Float32Array
  /** Calls: rounds of feedback and retries. */
  readonly attempts: Uint16Array
  /** Bits of `FLAGS`. */
  readonly flags: Uint8Array
  /** Index into `CHANGES`. */
  readonly change: Uint8Array
  readonly tokensIn: Float32Array
  readonly tokensOut: Float32Array
  /** By the order of `About.metrics`. */
  readonly metrics: readonly Float32Array[]
  /** Two words a row: the first 16 hex digits of the cell's id. */
  readonly ids: Uint32Array
}

/** A row's record: the line of the journal, with long hashes cut; `undefined` parts are left out for sharing. */
export type RowText = Trial

/** Reads texts of rows: a block is inflated when it is first asked for, and the last 24 are kept. */
export interface Texts {
  /** @throws Error with a sentence for people where the block is cut off or damaged */
  read(arm: 'main' | 'base', row: number): Promise<RowText>
}

/** A case as the table knows it. Texts are cut to 200 UTF-16 units. */
export interface CaseLabel {
  readonly id: string
  readonly description: string
  readonly file: string
  readonly line: number
  readonly tags: readonly string[]
}
