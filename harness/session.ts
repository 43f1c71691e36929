import type { Observation } from './analyze/paired/observation.ts'
import type { BudgetLimits } from './execute/budget/budget.ts'
import { plannedCells } from './execute/planned-cells.ts'
import { quarantineOf } from './gate/quarantine.ts'
import type { Plan, Selection } from './model/plan.ts'
import type { ComparedWith, Manifest } from './model/run.ts'
import type { Spent } from './model/spent.ts'
import type { Call } from './model/trial.ts'
import type { Verifier } from './model/verification.ts'
import { recordSelection } from './record/selection-record.ts'
import type { RecorderOptions } from './record/recorder.ts'
import { Recorder } from './record/recorder.ts'
import type { Redactor } from './record/redact.ts'
import type { Found } from './record/resumption.ts'
import type { StoredReplies } from './record/stored-replies.ts'
import type { RecordedRun, RunRequest } from './run-request.ts'
import { RunTally } from './tally.ts'
import type { World } from './world.ts'

interface SessionOptions {
  readonly request: RunRequest
  readonly plan: Plan
  readonly verifier: Verifier
  readonly world: World
  readonly notices: ReadonlyMap<string, string>
  readonly graders: Manifest['graders']
  readonly judges: Manifest['judges']
  /** What it is compared with. */
  readonly baseline?: ComparedWith | undefined
  /** Told of every cell of the suite's own columns, those on record among them. */
  readonly onObservation?: ((observation: Observation) => void) | undefined
}

/** What a run starts from: a folder of its own, and what is on record there already. */
export interface Session {
  readonly recorder: Recorder
  /** Has what is on record. */
  readonly tally: RunTally
  /** Cells of the suite's own columns that the run is to account for. */
  readonly planned: number
  /** True for a run of the whole suite. */
  readonly isWhole: boolean
  /** False for a call that is answered from another run's record, which paid for it. */
  readonly isMade: (call: Call) => boolean
  readonly budget: BudgetLimits | undefined
  /** Cells that are finished, of a run that is gone on with, its replies, and what it has cost. */
  readonly finished?: ReadonlySet<string> | undefined
  readonly stored?: { readonly replies: StoredReplies; readonly redact: Redactor } | undefined
  readonly spent?: Spent | undefined
}

/** Makes the folder of a run, or opens the one that is to be gone on with. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { request, plan, verifier, onObservation } = options
  const { maxCostUsd, resume, record, selection, child } = request
  const { budget } = plan.suite.assay
  const quarantined = quarantineOf(plan.suite.assay, options.world.clock.wallClock()).ids
  const absent = record?.absent ?? 0
  const planned = plan.size.cells - (plan.size.besideCells ?? 0) + absent
  const common = {
    planned,
    isWhole: isWhole(selection),
    isMade: madeBeside(record),
    budget: child === undefined ? withCost(budget, maxCostUsd) : child.budget,
  }
  const recorderOptions = recorderOptionsOf(options, plan.size.cells + absent)
  const before = child?.spent
  if (resume === undefined) {
    const recorder = await Recorder.open(recorderOptions)
    const { isMade } = common
    const about = { plan, runId: recorder.id, planned, spent: before, isMade, quarantined }
    const tally = new RunTally({ ...about, onObservation })
    return { ...common, recorder, tally, spent: before }
  }

  const { resumption, errors, recheck, onFound } = resume
  const found: Found = await resumption.compare(plannedCells(plan, verifier), { errors, recheck })
  onFound?.(found)
  const recorder = await resumption.reopen(recorderOptions)
  try {
    const spent = before === undefined ? found.spent : sumOf(before, found.spent)
    const { isMade } = common
    const about = { plan, runId: recorder.id, planned, spent, isMade, quarantined }
    const tally = new RunTally({ ...about, onObservation })
    for await (const line of resumption.lines()) {
      if (line.kind === 'trial') tally.add(line)
      else tally.addEarlierCall(line)
    }
    const stored = { replies: await resumption.replies(), redact: recorder.redact }
    return { ...common, recorder, tally, stored, finished: found.finished, spent }
  } catch (error) {
    await recorder.abandon()
    throw error
  }
}

/** Where models are answered from a record, graders may yet be asked. */
function madeBeside(record: RecordedRun | undefined): (call: Call) => boolean {
  return ({ role }) => record === undefined || (record.asksGraders === true && role === 'grader')
}

function withCost(
  budget: BudgetLimits | undefined,
  maxCostUsd: number | undefined,
): BudgetLimits | undefined {
  return maxCostUsd === undefined ? budget : { ...budget, usd: maxCostUsd }
}

function sumOf(a: Spent, b: Spent): Spent {
  return { usd: a.usd + b.usd, tokens: a.tokens + b.tokens, calls: a.calls + b.calls }
}

function recorderOptionsOf(
  { request, plan, world, notices, graders, judges, baseline }: SessionOptions,
  planned: number,
): RecorderOptions {
  const { selection, concurrency, envFiles, allowOutside, maxCostUsd, cassette, cache } = request
  const { child, comparison } = request
  const { cwd, env, random, clock } = world
  return {
    plan,
    planned,
    cwd,
    env,
    random,
    wallClock: () => clock.wallClock(),
    out: request.out,
    seed: selection.sample?.seed ?? selection.shuffle,
    command: request.command,
    notices,
    verifies: request.record?.id,
    graders,
    judges,
    baseline: child?.baseline ?? baseline,
    ...(child !== undefined && { child: { name: child.name, parent: child.parent } }),
    options: {
      selection: recordSelection(selection),
      ...(concurrency !== undefined && { concurrency }),
      ...(envFiles !== undefined && envFiles.length > 0 && { envFiles }),
      ...(allowOutside && { allowOutside }),
      ...(maxCostUsd !== undefined && { maxCostUsd }),
      ...(cassette !== undefined && { cassette }),
      ...(cache === false && { cache }),
      ...(comparison !== undefined && Object.keys(comparison).length > 0 && { comparison }),
    },
  }
}

function isWhole({
  filter,
  tags,
  providers,
  prompts,
  repeat,
  sample,
  cellIds,
  onlyExtra,
}: Selection): boolean {
  return [filter, tags, providers, prompts, repeat, sample, cellIds, onlyExtra].every(
    (part) => part === undefined,
  )
}
