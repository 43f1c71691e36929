import type { Evidence, Mark } from './evidence.ts'
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
  /** What the check saw besides, for figures of the whole run. */
  readonly evidence?: Evidence | undefined
  /** Parts of the reply it points at. */
  readonly marks?: readonly Mark[] | undefined
  /** Questions to models that a custom check takes for one reply; absent for none. */
  readonly asks?: number | undefined
  /** Set for what a judge says that was not compared with people's labels: it is shown, and its weight is 0. */
  readonly uncalibrated?: true | undefined
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
  /** Which round of feedback this call belongs to; absent for the first, 0. */
  readonly attempt?: number | undefined
  /** Which transport try of its round this is; absent for the first, 0. */
  readonly retry?: number | undefined
  /** What its checks found wrong, as the model was told for the next round; absent for the last round. */
  readonly feedback?: readonly string[] | undefined
}

/** What a cell's first reply came to, before any feedback. */
export interface FirstTry {
  readonly outcome: Outcome
  readonly score: number | null
  readonly namedScores: Record<string, number>
}

/** What rounds of feedback after the first try took. */
export interface FeedbackRecord {
  /** Rounds, the first included. */
  readonly attempts: number
  /** Milliseconds and USD that the rounds after the first added. */
  readonly addedMs: number
  readonly addedUsd: Cost
  /** Why no further round was made. */
  readonly ended: 'passed' | 'max_attempts' | 'same_reply' | 'errored'
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
  /** Digest of the vars as the suite has them: another one under the same id is another question. */
  readonly varsHash?: string | undefined
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
  /** Of all attempts together. */
  readonly costUsd: Cost
  /** Of all attempts together. */
  readonly usage?: Usage | undefined
  /** Every call made for the cell, in order: rounds of feedback, and the transport tries of each. */
  readonly attempts: readonly AttemptRecord[]
  /** Present where feedback was given: `outcome`, `score` and `namedScores` are then the last round's. */
  readonly first?: FirstTry | undefined
  readonly feedback?: FeedbackRecord | undefined
  readonly error?: string | undefined
  readonly warnings?: readonly string[] | undefined
}

/** One finished call to a model or a grader: a line of the journal of `kind: "call"`. */
export interface Call {
  readonly v: 1
  readonly kind: 'call'
  readonly cellId: string
  /** `varsHash` of its cell. */
  readonly varsHash?: string | undefined
  readonly role: 'model' | 'grader'
  /** Round of feedback, from 0. */
  readonly attempt: number
  /** Transport try within the round; absent for the first, 0. */
  readonly retry?: number | undefined
  /** Key of the request in cassette and cache; absent where the call is not one to be replayed. */
  readonly key?: string | undefined
  /** True when the reply came from a cassette, the cache or an earlier record: no call was made. */
  readonly replayed?: boolean | undefined
  readonly result: Attempt
}

/** A line of `trials.jsonl`. */
export type JournalLine = Call | Trial
