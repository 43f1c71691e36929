import type { Analyzer } from './analyze/analyzer.ts'
import { createAnalyzer } from './analyze/analyzer.ts'
import type { BudgetLimits } from './execute/budget/budget.ts'
import { plannedCells } from './execute/planned-cells.ts'
import type { Plan, Selection } from './model/plan.ts'
import type { Spent } from './model/spent.ts'
import type { Verifier } from './model/verification.ts'
import { recordSelection } from './record/selection-record.ts'
import type { RecorderOptions } from './record/recorder.ts'
import { Recorder } from './record/recorder.ts'
import type { Redactor } from './record/redact.ts'
import type { Found } from './record/resumption.ts'
import type { StoredReplies } from './record/stored-replies.ts'
import type { RunRequest } from './run-request.ts'
import type { World } from './world.ts'

interface SessionOptions {
  readonly request: RunRequest
  readonly plan: Plan
  readonly verifier: Verifier
  readonly world: World
  readonly notices: ReadonlyMap<string, string>
}

/** What a run starts from: a folder of its own, and what is on record there already. */
interface Session {
  readonly recorder: Recorder
  /** Has what is on record. */
  readonly analyzer: Analyzer
  /** Cells the run is to account for. */
  readonly planned: number
  /** True for a run of the whole suite. */
  readonly isWhole: boolean
  readonly budget: BudgetLimits | undefined
  /** Cells that are finished, of a run that is gone on with, its replies, and what it has cost. */
  readonly finished?: ReadonlySet<string> | undefined
  readonly stored?: { readonly replies: StoredReplies; readonly redact: Redactor } | undefined
  readonly spent?: Spent | undefined
}

/** Makes the folder of a run, or opens the one that is to be gone on with. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { request, plan, verifier } = options
  const { maxCostUsd, resume, record, selection } = request
  const { budget } = plan.suite.assay
  const planned = plan.size.cells + (record?.absent ?? 0)
  const common = {
    planned,
    isWhole: isWhole(selection),
    budget: maxCostUsd === undefined ? budget : { ...budget, usd: maxCostUsd },
  }
  const recorderOptions = recorderOptionsOf(options, planned)
  if (resume === undefined) {
    const recorder = await Recorder.open(recorderOptions)
    return { ...common, recorder, analyzer: analyzerOf(plan, recorder.id, planned) }
  }

  const { resumption, errors, onFound } = resume
  const found: Found = await resumption.compare(plannedCells(plan, verifier), { errors })
  onFound?.(found)
  const recorder = await resumption.reopen(recorderOptions)
  try {
    const analyzer = analyzerOf(plan, recorder.id, planned)
    for await (const line of resumption.lines()) {
      if (line.kind === 'trial') analyzer.add(line)
      else analyzer.addCall(line)
    }
    const stored = { replies: await resumption.replies(), redact: recorder.redact }
    return { ...common, recorder, analyzer, stored, finished: found.finished, spent: found.spent }
  } catch (error) {
    await recorder.abandon()
    throw error
  }
}

function analyzerOf({ columns }: Plan, runId: string, planned: number): Analyzer {
  const named = columns.map(({ prompt, provider }) => ({ prompt: prompt.key, provider: provider.key }))
  return createAnalyzer({ runId, columns: named, planned })
}

function recorderOptionsOf(
  { request, plan, world, notices }: SessionOptions,
  planned: number,
): RecorderOptions {
  const { selection, concurrency, envFiles, allowOutside, maxCostUsd, cassette, cache } = request
  const { cwd, env, random, clock } = world
  return {
    plan,
    planned,
    cwd,
    env,
    random,
    wallClock: () => clock.wallClock(),
    out: request.out,
    seed: selection.sample?.seed,
    command: request.command,
    notices,
    verifies: request.record?.id,
    options: {
      selection: recordSelection(selection),
      ...(concurrency !== undefined && { concurrency }),
      ...(envFiles !== undefined && envFiles.length > 0 && { envFiles }),
      ...(allowOutside && { allowOutside }),
      ...(maxCostUsd !== undefined && { maxCostUsd }),
      ...(cassette !== undefined && { cassette }),
      ...(cache === false && { cache }),
    },
  }
}

function isWhole({ filter, tags, providers, prompts, repeat, sample, cellIds }: Selection): boolean {
  return [filter, tags, providers, prompts, repeat, sample, cellIds].every((part) => part === undefined)
}
