import type { Cell, Column, Extra } from './cell.ts'
import type { Prompt } from './prompt.ts'
import type { ProviderSpec, Suite, Warning } from './suite.ts'

/** What is to be run. Cells are generated in order, never held. */
export interface Plan {
  readonly suite: Suite
  /** The columns that were selected, in suite order; then those that are run besides. */
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
    /**
     * Of `cells`: those of a baseline that is run beside the suite's own columns. They are the other arm of a comparison and
     * count in no figure of the run. Absent for none.
     */
    readonly besideCells?: number | undefined
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
  /** Runs the cases in a random order, by this seed. */
  readonly shuffle?: number | undefined
  /** Columns that are run besides, or again. Cases whose checks compare columns are left out of them. */
  readonly extra?: readonly ExtraColumn[] | undefined
  /** Runs the extra columns alone. */
  readonly onlyExtra?: boolean | undefined
}

/** A column that is run besides those of the suite, for a comparison: a baseline's, or one of the suite's own once more. */
export interface ExtraColumn extends Extra {
  readonly prompt: Prompt
  readonly provider: ProviderSpec
}
