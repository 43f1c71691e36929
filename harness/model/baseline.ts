import type { Scrubbing } from './run.ts'

/** Scores of one case in one column, by metric and in the order of the repeats; errored repeats are left out. */
export interface BaselineScores {
  readonly [metric: string]: readonly number[]
}

/** One case of a baseline. */
export interface BaselineCase {
  readonly id: string
  readonly description?: string
  /** Digest of its variables. */
  readonly varsHash?: string
  /** Digest of its checks, graders included. */
  readonly checksHash: string
  /** By `prompt × provider`: see `columnName`. A column that did not run the case is absent. */
  readonly scores: Readonly<Record<string, BaselineScores>>
  /** Errored repeats by column; absent for none. */
  readonly errored?: Readonly<Record<string, number>>
}

/** One column of a baseline. */
export interface BaselineColumn {
  readonly prompt: string
  readonly provider: string
  /** As in the manifest: prompt, provider file and provider config. */
  readonly hash: string
  /** Of the prompt template alone. */
  readonly promptHash: string
  /** Of the provider's config as written, its id, and what its class stood for; its file's content left out. */
  readonly configHash: string
}

/** `baseline.json`: what later runs of a suite are compared with. Written by `assay accept`, read in a diff. */
export interface Baseline {
  readonly v: 1
  /** sha256 of all the rest: a file that was edited by hand is refused. */
  readonly hash: string
  readonly suite: { readonly name: string; readonly hash: string }
  readonly run: string
  readonly accepted: {
    /** ISO time. */
    readonly at: string
    readonly by?: string
    readonly commit?: string
    readonly reason?: string
    /** True where a run was accepted that would have been refused. */
    readonly forced?: boolean
  }
  /** The largest drop that still counts as "no worse"; null where there are too few cases to ever prove it. */
  readonly margin: number | null
  readonly repeat: number
  readonly versions: Readonly<Record<string, string>>
  readonly columns: readonly BaselineColumn[]
  /** Graders that the checks asked, by id. */
  readonly graders?: readonly { readonly id: string; readonly hash: string }[]
  /** False where `--no-replies` left the replies out. */
  readonly replies: boolean
  /** Sorted by id, one line each. */
  readonly cases: readonly BaselineCase[]
  /** When `assay scrub` took something out of it. */
  readonly scrubbed?: readonly Scrubbing[]
}
