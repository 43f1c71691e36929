import type { Gate } from '../../harness/model/verdict.ts'

/** Where what a record names is found in the repository. */
export interface Places {
  /** A file as it is recorded, from the root of the repository. */
  readonly path: (file: string) => string
  /** The line of the suite's file that sets a gate; 1 where it is not known. */
  readonly lineOf: (gate: Gate) => number
}

/** The record alone: its paths start where the run was started. */
export const AS_RECORDED: Places = { path: (file) => file, lineOf: () => 1 }
