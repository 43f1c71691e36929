import type { Selection } from './model/plan.ts'
import type { CassetteMode } from './record/cassette/recorded-replies.ts'
import type { Found, Resumption } from './record/resumption.ts'
import type { StoredReplies } from './record/stored-replies.ts'

/** What is asked of a run. */
export interface RunRequest {
  /** Path of the suite file. */
  readonly suite: string
  readonly selection: Selection
  /** Calls in flight per provider account, instead of what the suite says. */
  readonly concurrency?: number | undefined
  /** USD the whole run may cost, instead of what the suite says. */
  readonly maxCostUsd?: number | undefined
  /** Whether replies are kept in the suite's cassette, or come from there alone. */
  readonly cassette?: CassetteMode
  /** False when the local cache is not asked. */
  readonly cache?: boolean | undefined
  /** The run folder to create; by default `runs/<suite>/<id>`. */
  readonly out?: string | undefined
  readonly allowOutside: boolean
  /** Files of environment variables that were read besides `.env`, for the record. */
  readonly envFiles?: readonly string[] | undefined
  /** The command that reproduces the run, for the record. */
  readonly command: readonly string[]
  /** A recorded run whose replies are checked again: no model is called. */
  readonly record?: RecordedRun | undefined
  /** A run that was cut short, to be gone on with. */
  readonly resume?: ResumedRun | undefined
}

interface RecordedRun {
  readonly id: string
  readonly replies: StoredReplies
  /** Cells that run planned and never finished: they stay absent. */
  readonly absent: number
}

interface ResumedRun {
  readonly resumption: Resumption
  /** Whether cells that errored are called once more. */
  readonly errors: boolean
  /** Told what stands of the record, before anything is called. */
  readonly onFound?: ((found: Found) => void) | undefined
}
