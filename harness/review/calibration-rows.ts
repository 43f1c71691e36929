import { humanVerdict } from '../model/human-verdict.ts'
import type { ReviewMark } from '../model/review.ts'
import type { ColumnName } from '../model/column-name.ts'
import type { CheckResult } from '../model/trial.ts'
import type { ReviewedTrial } from './reviewed-trials.ts'

/** One check of a reply that a reviewer has seen: what a judge is calibrated on. */
export interface CalibrationRow {
  readonly v: 1
  readonly run: string
  readonly cellId: string
  readonly caseId: string
  readonly column: ColumnName
  readonly repeat: number
  readonly replyHash: string
  readonly vars: Readonly<Record<string, unknown>>
  /** As it was sent. */
  readonly prompt: string
  readonly output: unknown
  /** Null for a case without checks. */
  readonly check: Pick<CheckResult, 'type' | 'metric' | 'pass' | 'score' | 'reason' | 'error'> | null
  /** Checks of the reply: with one, `machine` and `human` are verdicts on it; with several, on all of them together. */
  readonly checks: number
  /** Null where no verdict was given. */
  readonly machine: 'passed' | 'failed' | null
  readonly human: 'passed' | 'failed' | null
  readonly mark: ReviewMark
  readonly note?: string
  readonly by?: string
  readonly at: string
}

/** A row a check; of an assert-set one for each of its members. */
export function calibrationRows({ review, trial }: ReviewedTrial, run: string): CalibrationRow[] {
  const { cell, outcome } = trial
  const { mark, note, by, at } = review
  const checks = leavesOf(trial.checks)
  const reply = {
    v: 1,
    run,
    cellId: cell.id,
    caseId: cell.caseId,
    column: { prompt: cell.prompt, provider: cell.provider },
    repeat: cell.repeat,
    replyHash: review.replyHash,
    vars: cell.vars,
    prompt: trial.request.prompt,
    output: trial.output,
  } as const
  const verdicts = {
    checks: checks.length,
    machine: outcome === 'errored' ? null : outcome,
    human: humanVerdict(review),
    mark,
    ...(note !== undefined && { note }),
    ...(by !== undefined && { by }),
    at,
  }
  const rows = checks.length === 0 ? [null] : checks.map(aboutCheck)
  return rows.map((check) => Object.assign({}, reply, { check }, verdicts))
}

function aboutCheck({
  type,
  metric,
  pass,
  score,
  reason,
  error,
}: CheckResult): NonNullable<CalibrationRow['check']> {
  return {
    type,
    ...(metric !== undefined && { metric }),
    pass,
    score,
    reason,
    ...(error !== undefined && { error }),
  }
}

function leavesOf(checks: readonly CheckResult[]): CheckResult[] {
  return checks.flatMap((check) => {
    const { members = [] } = check
    return members.length === 0 ? [check] : leavesOf(members)
  })
}
