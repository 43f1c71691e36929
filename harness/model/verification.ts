import type { Case } from './case.ts'
import type { Cell } from './cell.ts'
import type { Prompt } from './prompt.ts'
import type { Provider, ProviderResponse } from './provider.ts'
import type { CheckResult, Outcome, Trial } from './trial.ts'

/** The reply a grader is asked about. */
export interface CallOrigin {
  readonly cellId: string
  readonly caseId: string
  /** Digest of the case's vars. */
  readonly varsHash?: string | undefined
  readonly repeat: number
  /** Round of feedback, from 0. */
  readonly attempt: number
}

/** A reply to be checked. */
export interface VerifyInput {
  readonly case: Case
  /** The vars as rendered into the prompt. */
  readonly vars: Record<string, unknown>
  readonly prompt: string
  /** The prompt before rendering, as transforms are shown it. */
  readonly template?: Prompt | undefined
  readonly provider: Provider
  /** Output as the provider gave it; the verifier applies the transforms. */
  readonly response: ProviderResponse
  readonly latencyMs: number | null
  /** Whose reply it is, for the calls of graders. */
  readonly origin?: CallOrigin | undefined
}

/** What the checks said. `score` is null when a check broke: unscored is not zero. */
export interface Verification {
  readonly outcome: Outcome
  readonly score: number | null
  readonly namedScores: Record<string, number>
  /** Sum of the weights behind each named score; absent where all are 1. */
  readonly namedScoreWeights?: Record<string, number> | undefined
  readonly checks: readonly CheckResult[]
  readonly reason: string
  /** After provider.transform and options.transform: what the checks saw. */
  readonly output: unknown
  /** Why a check or a transform broke, the first one. */
  readonly error?: string | undefined
}

/** Checks replies. Every file it needs was imported when it was opened, before the first call. */
export interface Verifier {
  verify(input: VerifyInput): Promise<Verification>
  /** sha256 of a case's checks, so that changed checks are found without comparing them. */
  checksHash(testCase: Case): string
  /** The graders a case's checks ask. */
  gradersOf(testCase: Case): Promise<readonly Provider[]>
  /** True when the case has `select-best` or `max-score`, whose verdict needs every column's reply. */
  comparesColumns(testCase: Case): boolean
  /** Applies `select-best` and `max-score` to the trials of one case and repeat, and returns them updated. */
  compare(testCase: Case, cells: readonly Cell[], trials: readonly Trial[]): Promise<Trial[]>
  close(): Promise<void>
}
