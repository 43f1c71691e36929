import type { Failure } from './failure.ts'
import type { SourceLocation } from './source.ts'
import type { Timing } from './timing.ts'
import type { Cost, Usage } from './usage.ts'

/** What became of one check on one reply. `error` is set when the check itself broke: then it has no score. */
export interface CheckResult {
  readonly type: string
  readonly metric?: string | undefined
  readonly pass: boolean
  readonly score: number | null
  readonly reason: string
  readonly error?: string | undefined
  readonly weight?: number | undefined
  /** Members of an assert-set, in order. */
  readonly members?: readonly CheckResult[] | undefined
}

/** One call to a model: the reply or the failure, and what it took. */
export interface Attempt {
  readonly request: { readonly prompt: string }
  readonly reply?: Reply | undefined
  readonly failure?: Failure | undefined
  readonly timing: Timing
  readonly usage?: Usage | undefined
  readonly costUsd: Cost
}

/** An attempt as the line of its trial holds it: request and reply stand in the line of the call. */
export interface AttemptRecord extends Omit<Attempt, 'request' | 'reply'> {
  /** Present when the model answered. */
  readonly reply?: { readonly cached?: boolean | undefined } | undefined
}

/** What the model answered. */
export interface Reply {
  readonly output: unknown
  readonly finishReason?: string | undefined
  readonly isRefusal?: boolean | undefined
  readonly cached?: boolean | undefined
  readonly metadata?: Record<string, unknown> | undefined
  readonly logProbs?: readonly number[] | undefined
  /** What a check may need besides: guardrails, raw, sessionId, audio… as the provider gave it. */
  readonly extra?: Record<string, unknown> | undefined
}

/** `passed` and `failed` are verdicts on the model; `errored` is missing data: the call or a check broke. */
export type Outcome = 'passed' | 'failed' | 'errored'

/** A cell as the record names it: everything a later stage needs, nothing that must be re-read from the suite. */
export interface CellRecord {
  readonly id: string
  readonly caseId: string
  /** Key of the prompt. */
  readonly prompt: string
  /** Key of the provider. */
  readonly provider: string
  readonly repeat: number
  readonly vars: Record<string, unknown>
  readonly description?: string | undefined
  readonly metadata?: Record<string, unknown> | undefined
  readonly source: SourceLocation
}

/** One finished cell: a line of the journal of `kind: "trial"`. */
export interface Trial {
  readonly v: 1
  readonly kind: 'trial'
  readonly cell: CellRecord
  readonly outcome: Outcome
  /** Absent when unscored (`null`): unscored is not zero. */
  readonly score: number | null
  readonly namedScores: Record<string, number>
  /** Sum of the weights behind each named score; absent where all are 1. */
  readonly namedScoreWeights?: Record<string, number> | undefined
  /** After the transforms: what the checks saw. */
  readonly output: unknown
  readonly request: { readonly prompt: string }
  readonly response: Omit<Reply, 'output'>
  readonly checks: readonly CheckResult[]
  readonly checksHash: string
  readonly reason?: string | undefined
  readonly latencyMs: number | null
  readonly ttftMs: number | null
  readonly costUsd: Cost
  readonly usage?: Usage | undefined
  readonly attempts: readonly AttemptRecord[]
  readonly error?: string | undefined
  readonly warnings?: readonly string[] | undefined
}

/** One finished call to a model or a grader: a line of the journal of `kind: "call"`. */
export interface Call {
  readonly v: 1
  readonly kind: 'call'
  readonly cellId: string
  readonly role: 'model' | 'grader'
  /** From 0. */
  readonly attempt: number
  readonly result: Attempt
}

/** A line of `trials.jsonl`. */
export type JournalLine = Call | Trial
