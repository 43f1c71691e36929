import type { RunOptions } from '../run-options.ts'
import type { Outcomes } from './outcomes.ts'

/** What the process of a round is asked for. */
export interface RoundRequest {
  readonly suite: string
  readonly options: RunOptions
  /** The command, for the record. */
  readonly command: readonly string[]
  /** From 1. */
  readonly number: number
  /** Absolute paths of what was saved. */
  readonly changed: readonly string[]
  /** What the suite was read from last. */
  readonly readBefore?: ReadFiles['files'] | undefined
  /** Code that checks import was saved: they are all made again. */
  readonly recheck: boolean
  /** The round before it; absent for the first that finds a suite it can run. */
  readonly previous?: PreviousRound | undefined
  /** Nothing is said of a suite of this hash, nor of this error: a file was saved that may have no part in it. */
  readonly unless?: { readonly hash?: string | undefined; readonly error?: string | undefined } | undefined
}

export interface PreviousRound {
  /** The run folder, which this round goes on with. */
  readonly dir: string
  /** Its decision in words; absent where it came to none. */
  readonly word?: string | undefined
  readonly outcomes: Outcomes
  /** USD, of all rounds. */
  readonly spentUsd: number
}

/** How far a round is. */
export interface RoundProgress {
  readonly finished: number
  readonly planned: number
  readonly failed: number
  readonly errored: number
}

/** What a suite was read from. */
export interface ReadFiles {
  readonly hash: string
  /** Absolute paths, with the digests of their content. */
  readonly files: ReadonlyMap<string, string>
}

/** A file that a round rests on besides those the suite was read from. */
export interface OtherFile {
  readonly path: string
  /** Set where only code of the suite imports it; `provider` where no reply on record goes by its content. */
  readonly importedBy?: 'provider' | 'other' | undefined
}

export interface EndedRound {
  readonly is: 'ended'
  readonly dir: string
  readonly exitCode: number
  readonly word: string
  readonly outcomes: Outcomes
  readonly spentUsd: number
  readonly others: readonly OtherFile[]
}

export interface BrokenRound {
  readonly is: 'broken'
  readonly exitCode: number
  /** What was told of it, without secrets. */
  readonly error: string
}

/** What it tells meanwhile, and at its end. */
export type RoundMessage =
  | ({ readonly is: 'begun'; readonly dir: string } & ReadFiles)
  | ({ readonly is: 'progress' } & RoundProgress)
  | { readonly is: 'unchanged' }
  | EndedRound
  | BrokenRound
