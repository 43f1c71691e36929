import type { BudgetLimits } from './execute/budget/budget.ts'
import type { CallModel } from './execute/call.ts'
import type { StoredCalls } from './execute/resumed.ts'
import type { Selection } from './model/plan.ts'
import type { ReportInput } from './model/report.ts'
import type { ChildName, ComparedWith } from './model/run.ts'
import type { ComparisonOptions } from './model/run-options.ts'
import type { Spent } from './model/spent.ts'
import type { Suite } from './model/suite.ts'
import type { CassetteMode } from './record/cassette/recorded-replies.ts'
import type { Found, Resumption } from './record/resumption.ts'
import type { StoredReplies } from './record/stored-replies.ts'

/** What is asked of a run. */
export interface RunRequest {
  /** Path of the suite file. */
  readonly suite: string
  /** The suite, where it is made and not read from the file. */
  readonly read?: Suite | undefined
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
  /** How the run is compared with a baseline. */
  readonly comparison?: ComparisonOptions | undefined
  /** A recorded run whose replies are checked again: no model is called. */
  readonly record?: RecordedRun | undefined
  /** A run that was cut short, to be gone on with. */
  readonly resume?: ResumedRun | undefined
  /** Makes it a part of another run: it is compared with nothing, and decides nothing. */
  readonly child?: ChildRun | undefined
}

export interface RecordedRun {
  readonly id: string
  readonly replies: StoredReplies
  /** Cells that run planned and never finished: they stay absent. */
  readonly absent: number
  /** Answers in place of the record's own lookup, which goes by the ids of cells. */
  readonly answer?: ((stored: StoredCalls) => CallModel) | undefined
  /** True where graders are asked again, as models are not. */
  readonly asksGraders?: boolean | undefined
}

interface ResumedRun {
  readonly resumption: Resumption
  /** Whether cells that errored are called once more. */
  readonly errors: boolean
  /** Whether all else is checked again, from the replies on record. */
  readonly recheck?: boolean | undefined
  /** Told what stands of the record, before anything is called. */
  readonly onFound?: ((found: Found) => void) | undefined
}

/** What a run came to. */
export interface RunResult extends ReportInput {
  /** By it, by those that it belongs to, and by what belongs to it up to its end. */
  readonly spent: Spent
}

/** What a run takes over from the one that it belongs to. */
export interface ChildRun {
  readonly name: ChildName
  /** Id of that run. */
  readonly parent: string
  /** As that run has read it, its beforeAll hooks included. */
  readonly suite: Suite
  /** The budget of both together, and what is spent of it. */
  readonly budget?: BudgetLimits | undefined
  readonly spent: Spent
  readonly baseline: ComparedWith
}
