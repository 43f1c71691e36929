import type { ColumnName } from './comparison.ts'
import type { Incomplete } from './incomplete.ts'
import type { JudgeStanding } from './judge-standing.ts'
import type { RunOptions } from './run-options.ts'
import type { Trial } from './trial.ts'

/** A column as the record names it. */
export interface ColumnRecord {
  readonly prompt: string
  readonly provider: string
  readonly hash: string
  /** Set for a baseline's column that was run beside the others, or again: its name in the baseline. */
  readonly baseline?: ColumnName
}

/** A run that belongs to another one, in a folder of its name below it. */
export const CHILD_NAMES = ['confirm', 'settle-1', 'settle-2', 'reverified'] as const
export type ChildName = (typeof CHILD_NAMES)[number]

/** When an account was called. Accounts walk the cases apart, so what is compared between them may lie apart in time. */
export interface AccountSkew {
  readonly account: string
  /** ISO time of the account's first and last call. */
  readonly startedAt: string
  readonly endedAt: string
  readonly calls: number
}

/** What a run was compared with: its name, and the id of the run that was accepted as it. */
export interface ComparedWith {
  readonly name: string
  readonly run: string
}

/** That secrets were taken out of a record afterwards: by which rules, and how often. */
export interface Scrubbing {
  /** ISO time. */
  readonly at: string
  readonly rules: readonly string[]
  readonly hits: number
}

/** `manifest.json`: what was run, on what, by which versions. Holds no secret. */
export interface Manifest {
  readonly v: 1
  readonly id: string
  readonly suite: {
    readonly name: string
    readonly file: string
    readonly hash: string
    readonly description?: string
  }
  readonly files: Readonly<Record<string, string>>
  readonly columns: readonly ColumnRecord[]
  readonly providers: readonly {
    readonly key: string
    readonly id: string
    readonly account: string
    /** Of a class of models: the provider id of the one it stood for. */
    readonly model?: string
    readonly config?: unknown
    /** Plain words the provider wants said wherever its figures are shown. */
    readonly notice?: string
  }[]
  readonly prompts: readonly {
    readonly key: string
    readonly raw: string
    readonly file: string
    readonly config?: unknown
    /** True for a prompt that code makes: `raw` is its source. */
    readonly function?: boolean
  }[]
  /** Graders that the checks asked, by id. */
  readonly graders?: readonly { readonly id: string; readonly hash: string }[]
  /** Custom checks that ask models, and what each was known to be worth. */
  readonly judges?: readonly JudgeStanding[]
  /** `beside`: of those planned, cells of a baseline that is run beside the run's own. Absent for none. */
  readonly cells: { readonly planned: number; readonly cases: number; readonly beside?: number }
  readonly repeat: number
  readonly seed?: number
  readonly versions: Readonly<Record<string, string>>
  readonly git?: { readonly commit: string; readonly dirty: boolean; readonly branch?: string }
  readonly machine: Readonly<Record<string, string | number>>
  readonly command: readonly string[]
  readonly startedAt: string
  readonly endedAt?: string
  readonly accounts?: readonly AccountSkew[]
  readonly warnings?: readonly string[]
  /** How many of them, from the first on, are about the suite as it was read. Absent for none. */
  readonly suiteWarnings?: number
  readonly interrupted?: boolean
  /** Why planned cells have no result, the cause of most of them first. */
  readonly incomplete?: readonly Incomplete[]
  /** How late the event loop ran, in milliseconds: past a bound, latencies measured here are too long. */
  readonly lag?: { readonly p99Ms: number; readonly maxMs: number; readonly tooBusy: boolean }
  /** What was asked for; absent where no model is called, so that there is nothing to resume. */
  readonly options?: RunOptions
  /** When the run was gone on with, and by which command. */
  readonly resumed?: readonly { readonly at: string; readonly command: readonly string[] }[]
  /** When `assay scrub` took something out of its files. */
  readonly scrubbed?: readonly Scrubbing[]
  /** The run whose stored replies were checked again: no model was called. */
  readonly verifies?: string
  /** Columns of it that were run again are columns of this run, or of those that belong to it. */
  readonly baseline?: ComparedWith
  /** Of a run that belongs to another: what it is for, and the id of that run. */
  readonly child?: ChildName
  readonly parent?: string
}

/** A recorded run. Trials are streamed from the journal, in the order they finished. */
export interface Run {
  readonly dir: string
  readonly manifest: Manifest
  /** @param wanted `prompts`: also those that a baseline keeps apart from its trials; elsewhere they are there anyway */
  trials(wanted?: { readonly prompts: boolean }): AsyncIterable<Trial>
  /**
   * Set while it is being written: bytes of its journal that were there when it was opened. No more is read, so that whoever reads it
   * twice sees the same cells.
   */
  readonly soFar?: number
}
