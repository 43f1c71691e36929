import { relative } from 'node:path'
import type { Cell } from '../model/cell.ts'
import type { Attempt, AttemptRecord, CellRecord, Reply, Trial } from '../model/trial.ts'
import type { Verification } from '../model/verification.ts'
import { recordable, recordableMap } from './recordable.ts'

/** What the record keeps of a cell whatever became of it. */
export interface Finding {
  readonly cell: Cell
  /** Paths in the record are relative to it, so that they hold on another machine. */
  readonly cwd: string
  readonly vars: Record<string, unknown>
  readonly prompt: string
  readonly checksHash: string
  readonly attempts: readonly Attempt[]
  /** False when no model was called: the output stands in the suite, or the prompt could not be rendered. */
  readonly asked: boolean
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
  const reply = finding.attempts.at(-1)?.reply
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

function baseOf({ cell, cwd, vars, prompt, checksHash, attempts, asked, warnings = [] }: Finding): Base {
  const last = attempts.at(-1)
  const { output, ...response } = last?.reply ?? ({ output: undefined } satisfies Reply)
  void output
  return {
    v: 1,
    kind: 'trial',
    cell: cellRecord(cell, vars, cwd),
    request: { prompt },
    response,
    checksHash,
    latencyMs: asked ? latencyOf(last) : null,
    ttftMs: last?.timing.ttftMs ?? null,
    costUsd: last?.costUsd ?? 0,
    ...(last?.usage && { usage: last.usage }),
    // An output that stands in the suite is no call: it counts in no figure of the model.
    attempts: asked ? attempts.map(attemptRecord) : [],
    ...(warnings.length > 0 && { warnings }),
  }
}

function attemptRecord({ request, reply, ...attempt }: Attempt): AttemptRecord {
  void request
  return reply === undefined ? attempt : { ...attempt, reply: reply.cached ? { cached: true } : {} }
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
    ...(description !== undefined && { description }),
    ...(test.metadata && { metadata: recordableMap(test.metadata) }),
    source: { ...at, file: relative(cwd, at.file) },
  }
}
