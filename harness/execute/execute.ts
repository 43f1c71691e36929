import { messageOf } from '../model/errors.ts'
import type { Incomplete } from '../model/incomplete.ts'
import type { Plan } from '../model/plan.ts'
import type { AccountSkew } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import type { Verifier } from '../model/verification.ts'
import { columnsFor } from '../plan/columns.ts'
import { besideOwn } from '../plan/extra-columns.ts'
import { CellRunner } from './cell-runner.ts'
import { cleanUp } from './clean-up.ts'
import { CompareGroups } from './compare-groups.ts'
import { cellsOfConversations, Conversation } from './conversation.ts'
import type { EngineDeps } from './engine.ts'
import { openEngine } from './engine.ts'
import { openExtensions } from './extensions.ts'
import type { HookResult } from './extensions.ts'
import { createFeedback } from './feedback/feedback.ts'
import { incompleteOf, WithheldTally } from './incomplete.ts'
import { DEFAULT_OUTAGE_MS } from './limits/account-limiter.ts'
import { LocalWorker } from './local-worker.ts'
import { orderOf } from './order.ts'
import { patiently, preflight } from './preflight.ts'
import { runLanes } from './run-lanes.ts'
import { Stop } from './stop.ts'
import { UndefinedVariables } from './undefined-variables.ts'
import type { CellWorker } from './worker.ts'

/**
 * How many times as long as an outage takes models wait for graders to show that they answer: one that fails is given up by
 * then. For one that hangs nobody waits longer.
 */
const PATIENCE = 2

export interface ExecuteDeps extends EngineDeps {
  /** Paths are recorded relative to it. */
  readonly cwd: string
  readonly verifier: Verifier
  /** Once aborted no new cell is started; those that were are finished. */
  readonly signal?: AbortSignal | undefined
  /** Once aborted the calls in flight are aborted too; their cells are left out, to be run again. */
  readonly abort?: AbortSignal | undefined
  /** What prompts and hooks see as promptfoo's `evalId`. */
  readonly runId?: string | undefined
  /** Ids of cells that are on record already: they are not run. */
  readonly finished?: ReadonlySet<string> | undefined
  /** How many of them are of columns that run beside the suite's own. */
  readonly finishedBeside?: number | undefined
  /** Why the run need not go on, once it need not: it stops then, and its cells are not missed. */
  readonly decided?: { readonly signal: AbortSignal; readonly message: () => string } | undefined
  /** Puts another worker in the place of this process. */
  readonly worker?: ((local: CellWorker) => CellWorker) | undefined
  /** Told of every trial once it is on record, and of every cell that is left out. */
  readonly onTrial?: ((trial: Trial) => void) | undefined
  readonly onWithheld?: (() => void) | undefined
}

/** How a run went. Its trials are in the journal. All counts are of the suite's own columns, but for those of `beside`. */
export interface Execution {
  readonly planned: number
  /** Trials on record. */
  readonly finished: number
  /** Of a baseline that was run beside them. */
  readonly beside?: { readonly planned: number; readonly finished: number } | undefined
  readonly interrupted: boolean
  /** Why planned cells have no trial. */
  readonly incomplete: readonly Incomplete[]
  readonly accounts: readonly AccountSkew[]
}

/**
 * Runs every cell of a plan: renders, calls, checks and records it. Each account has its own limit and its own cursor,
 * so that a slow one holds up no other; no more cells are in memory than are being worked on.
 * @throws HarnessError `incomplete` when the record cannot be written, `suite` when a beforeEach hook throws. Whatever
 *   was recorded by then stays.
 */
export async function execute(plan: Plan, deps: ExecuteDeps): Promise<Execution> {
  try {
    return await runPlan(plan, deps)
  } finally {
    const graders = deps.graders?.loaded.keys() ?? []
    await cleanUp([...deps.providers.values(), ...graders], deps.onWarning ?? (() => {}))
  }
}

async function runPlan(plan: Plan, deps: ExecuteDeps): Promise<Execution> {
  const { verifier, providers, journal, runId, graders, onWarning = () => {} } = deps
  const { suite } = plan
  const stop = new Stop()
  const extensions = await openExtensions(suite)
  const engine = openEngine(plan, stop, deps)
  graders?.answerWith(engine)
  const order = await orderOf(plan)
  // A hook may move a cell to another conversation: then none is known to be over.
  const mayMove = extensions?.has('beforeEach') === true
  const conversation =
    order && new Conversation(order, mayMove ? new Map() : await cellsOfConversations(plan.cells()))
  const withheld = new WithheldTally()
  const rows: HookResult[] = []
  const besideOnes = besideOwn(plan.columns)
  const besideNames = new Set(
    Array.from(besideOnes, ({ prompt, provider }) => nameOf(prompt.key, provider.key)),
  )
  const beside = { planned: plan.size.besideCells ?? 0, finished: deps.finishedBeside ?? 0 }
  let finished = (deps.finished?.size ?? 0) - beside.finished
  const takeWithheld = (cellId: string) => graders?.takeWithheld(cellId)

  const local = new LocalWorker({
    plan,
    cwd: deps.cwd,
    providers,
    verifier,
    callModel: engine.call,
    feedback: createFeedback(suite),
    graders,
    extensions,
    conversation,
    undefinedVariables: new UndefinedVariables(onWarning),
    runId,
    logger: { debug() {}, info() {}, warn: onWarning, error: onWarning },
    onWarning,
  })
  const runner = new CellRunner({
    worker: deps.worker?.(local) ?? local,
    verifier,
    journal,
    groups: new CompareGroups(
      verifier,
      ({ case: testCase }) => columnsFor(testCase, plan.columns, suite.dir).length,
    ),
    order,
    stop,
    takeWithheld,
    onRecorded(trial, row) {
      if (besideNames.has(nameOf(trial.cell.prompt, trial.cell.provider))) beside.finished++
      else finished++
      if (row !== undefined) rows.push(row)
      deps.onTrial?.(trial)
    },
    onWithheld(cell, why) {
      if (!besideOnes.has(cell.column)) withheld.add(cell, why)
      deps.onWithheld?.()
    },
  })

  const unlisten = [
    listen(deps.signal, () => stop.request()),
    listen(deps.decided?.signal, () => stop.request()),
    listen(deps.abort, () => {
      stop.request()
      engine.abort()
    }),
  ]
  try {
    const isLive =
      (deps.answer === undefined || deps.asksGraders === true) && deps.tape?.explainMiss === undefined
    const asked = graders !== undefined && isLive ? preflight(graders) : Promise.resolve()
    await patiently(asked, PATIENCE * (suite.assay.retry?.outageMs ?? DEFAULT_OUTAGE_MS), engine.timers)
    await runLanes(plan, {
      runner,
      verifier,
      stop,
      order,
      finished: deps.finished,
      limitOf: (account) => engine.limitOf(account),
    })
    await asked
  } finally {
    for (const forget of unlisten) forget()
    engine.close()
  }
  if (stop.failure !== undefined) throw stop.failure.error
  try {
    await extensions?.afterAll({ results: rows, suite, prompts: suite.prompts, evalId: runId })
  } catch (error) {
    // The run is complete and on record: what comes after it cannot take it back.
    onWarning(messageOf(error))
  }
  const planned = plan.size.cells - beside.planned
  const isStopped = deps.signal?.aborted === true || deps.abort?.aborted === true
  const interrupted = isStopped && (finished < planned || beside.finished < beside.planned)
  return {
    planned,
    finished,
    ...(beside.planned > 0 && { beside }),
    interrupted,
    incomplete: incompleteOf(withheld.causes, {
      planned,
      finished,
      interrupted,
      budget: engine.budgetReached(),
      ...(deps.decided?.signal.aborted === true && { decided: deps.decided.message() }),
    }),
    accounts: engine.tally.accounts,
  }
}

function nameOf(prompt: string, provider: string): string {
  return JSON.stringify([prompt, provider])
}

/** Calls `heard` when the signal aborts, or now if it has; returns what stops the listening. */
function listen(signal: AbortSignal | undefined, heard: () => void): () => void {
  if (signal === undefined) return () => {}
  if (signal.aborted) heard()
  signal.addEventListener('abort', heard, { once: true })
  return () => signal.removeEventListener('abort', heard)
}
