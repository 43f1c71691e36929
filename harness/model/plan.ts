import type { Cell, Column } from './cell.ts'
import type { Suite, Warning } from './suite.ts'

/** What is to be run. Cells are generated in order, never held. */
export interface Plan {
  readonly suite: Suite
  /** The columns that were selected, in suite order. */
  readonly columns: readonly Column[]
  /** Provider accounts, in suite order. */
  readonly accounts: readonly string[]
  /**
   * The cells of one account: cases in file order, repeats of a case together, prompts of a case side by side.
   * Without an account: every cell in promptfoo's order, the cases that ask to run serially first.
   */
  cells(account?: string): AsyncIterable<Cell>
  readonly size: {
    readonly cases: number
    readonly cells: number
    /** Largest repeat count of a case. */
    readonly repeats: number
    readonly cellsByAccount: Readonly<Record<string, number>>
    /** Cells of cases with `options.runSerially`: run one at a time, before the others. */
    readonly serialCells?: number | undefined
  }
  readonly warnings: readonly Warning[]
}

/** What part of a suite to run; an absent field selects everything. */
export interface Selection {
  /** Matches a case's description, id, or var values. */
  readonly filter?: RegExp | undefined
  readonly tags?: readonly string[] | undefined
  /** Provider keys or ids, `prefix*`. */
  readonly providers?: readonly string[] | undefined
  /** Prompt keys or ids, `prefix*`. */
  readonly prompts?: readonly string[] | undefined
  /** Overrides the suite's repeat, but not a case's own. */
  readonly repeat?: number | undefined
  /** A seeded sample of n cases. */
  readonly sample?: { readonly n: number; readonly seed: number } | undefined
  /** Only these cells (of `--failed RUN`, `--errors RUN`). */
  readonly cellIds?: ReadonlySet<string> | undefined
}
