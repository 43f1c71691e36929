import { relative } from 'node:path'
import { isPriceless } from '../analyze/cost-tally.ts'
import type { Cell } from '../model/cell.ts'
import type { Attempt, AttemptRecord, CellRecord, FeedbackRecord, Reply, Trial } from '../model/trial.ts'
import type { Cost, Usage } from '../model/usage.ts'
import { addUsage } from '../model/usage.ts'
import type { Verification } from '../model/verification.ts'
import { recordable, recordableMap } from '../model/failures/recordable.ts'
import { sumOf } from '../pricing/decimal.ts'
import { warningsTold } from './told.ts'

/** One round of a cell: a prompt, the tries it took to get an answer, and what was wrong with it. */
export interface Round {
  readonly prompt: string
  /** The last try. */
  readonly attempt: Attempt
  /** Tries before it, all failed, oldest first. */
  readonly earlier: readonly Attempt[]
  readonly replayed?: true
  /** What the checks said, and the model was told for the next round; absent for the last. */
  readonly verification?: Verification | undefined
  readonly feedback?: readonly string[] | undefined
}

/** What the record keeps of a cell whatever became of it. */
export interface Finding {
  readonly cell: Cell
  /** Paths in the record are relative to it, so that they hold on another machine. */
  readonly cwd: string
  readonly vars: Record<string, unknown>
  /** Of the first round. */
  readonly prompt: string
  readonly checksHash: string
  readonly rounds: readonly Round[]
  /** False when no model was called: the output stands in the suite, or the prompt could not be rendered. */
  readonly asked: boolean
  /** Why there was no further round, where feedback is given. */
  readonly ended?: FeedbackRecord['ended'] | undefined
  readonly warnings?: readonly string[]
}

/** The trial of a cell whose reply was checked. */
export function checkedTrial(finding: Finding, verification: Verification): Trial {
  const { outcome, score, namedScores, namedScoreWeights, checks, reason, output, error } = verification
  return {
    ...baseOf(finding),
    outcome,
    score,
    namedScores,
    ...(namedScoreWeights && { namedScoreWeights }),
    output: recordable(output),
    checks,
    reason,
    ...(error !== undefined && { error }),
  }
}

/** The trial of a cell that yielded nothing to check, or whose checks could not be run: missing, not failed. */
export function erroredTrial(finding: Finding, error: string): Trial {
  const reply = finding.rounds.at(-1)?.attempt.reply
  return {
    ...baseOf(finding),
    outcome: 'errored',
    score: null,
    namedScores: {},
    output: reply?.output ?? null,
    checks: [],
    reason: error,
    error,
  }
}

type Base = Omit<Trial, 'outcome' | 'score' | 'namedScores' | 'output' | 'checks'>

function baseOf(finding: Finding): Base {
  const { cell, cwd, vars, prompt, checksHash, rounds, asked } = finding
  const last = rounds.at(-1)?.attempt
  const { output, ...response } = last?.reply ?? ({ output: undefined } satisfies Reply)
  void output
  const attempts = rounds.flatMap(triesOf)
  const usage = totalUsage(attempts)
  const warnings = new Set([...(finding.warnings ?? []), ...attempts.flatMap(warningsOf)])
  return {
    v: 1,
    kind: 'trial',
    cell: cellRecord(cell, vars, cwd),
    request: { prompt },
    response,
    checksHash,
    latencyMs: asked ? latencyOf(last) : null,
    ttftMs: last?.timing.ttftMs ?? null,
    costUsd: totalCost(attempts),
    ...(usage && { usage }),
    // An output that stands in the suite is no call: it counts in no figure of the model.
    attempts: asked ? rounds.flatMap(attemptRecords) : [],
    ...feedbackOf(finding),
    ...(warnings.size > 0 && { warnings: [...warnings] }),
  }
}

function triesOf({ earlier, attempt }: Round): readonly Attempt[] {
  return earlier.length === 0 ? [attempt] : [...earlier, attempt]
}

/** What its provider found odd about a call. */
function warningsOf({ reply, failure }: Attempt): string[] {
  return warningsTold(reply?.metadata ?? failure?.metadata)
}

function attemptRecords(round: Round, index: number): AttemptRecord[] {
  const tries = triesOf(round)
  return tries.map((each, retry) =>
    attemptRecord(each, index, retry, each === round.attempt ? round.feedback : undefined),
  )
}

function attemptRecord(
  { reply, failure, timing, usage, costUsd }: Attempt,
  round: number,
  retry: number,
  feedback: readonly string[] | undefined,
): AttemptRecord {
  return {
    ...(reply !== undefined && { reply: reply.cached ? { cached: true } : {} }),
    ...(failure !== undefined && { failure }),
    timing,
    ...(usage !== undefined && { usage }),
    costUsd,
    ...(round > 0 && { attempt: round }),
    ...(retry > 0 && { retry }),
    ...(feedback !== undefined && { feedback }),
  }
}

/** What the first round came to, and what the others took. */
function feedbackOf({ rounds, ended }: Finding): Pick<Trial, 'first' | 'feedback'> {
  if (ended === undefined) return {}
  const added = rounds.slice(1).flatMap(triesOf)
  const addedMs = added.reduce((sum, { timing }) => sum + timing.latencyMs + timing.backoffMs, 0)
  const feedback = { attempts: rounds.length, addedMs, addedUsd: totalCost(added), ended }
  const judged = rounds[0]?.verification
  if (judged === undefined) return { feedback }
  const { outcome, score, namedScores } = judged
  return { first: { outcome, score, namedScores }, feedback }
}

function totalCost(attempts: readonly Attempt[]): Cost {
  if (attempts.some(isPriceless)) return 'unknown'
  const known = attempts.flatMap(({ costUsd }) => (costUsd === 'unknown' ? [] : costUsd))
  const [first] = known
  if (first === undefined) return attempts.length === 0 ? 0 : 'unknown'
  return known.length === 1 ? first : sumOf(known)
}

function totalUsage(attempts: readonly Attempt[]): Usage | undefined {
  const used = attempts.flatMap(({ usage }) => usage ?? [])
  return used.length < 2 ? used[0] : used.reduce(addUsage)
}

/** Null where no model was asked, where it gave no reply, and for a cached reply that does not say how long it once took. */
function latencyOf(attempt: Attempt | undefined): number | null {
  if (attempt?.reply === undefined) return null
  const { cached, extra } = attempt.reply
  return cached === true && extra?.['latencyMs'] === undefined ? null : attempt.timing.latencyMs
}

function cellRecord(
  { id, case: testCase, column, repeat }: Cell,
  vars: Record<string, unknown>,
  cwd: string,
): CellRecord {
  const { description, at, test } = testCase
  return {
    id,
    caseId: testCase.id,
    prompt: column.prompt.key,
    provider: column.provider.key,
    repeat,
    vars: recordableMap(vars),
    ...(testCase.digest !== undefined && { varsHash: testCase.digest }),
    ...(description !== undefined && { description }),
    ...(test.metadata && { metadata: recordableMap(test.metadata) }),
    source: { ...at, file: relative(cwd, at.file) },
  }
}
