import { columnsFor } from '../plan/columns.ts'
import { isSerial } from '../plan/make-plan.ts'
import type { Cell } from '../model/cell.ts'
import { messageOf } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { AccountSkew } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import type { Verifier } from '../model/verification.ts'
import type { CallModel, Marks } from './call-model.ts'
import { createCallModel } from './call-model.ts'
import { CellRunner } from './cell-runner.ts'
import { cleanUp } from './clean-up.ts'
import { CompareGroups } from './compare-groups.ts'
import { Conversation } from './conversation.ts'
import { Deadlines } from './deadlines.ts'
import type { HookResult } from './extensions.ts'
import { openExtensions } from './extensions.ts'
import { runLane } from './lane.ts'
import { concurrencyOf } from './limits.ts'
import { Pacemaker } from './pace.ts'
import type { Journal } from './shared.ts'
import { Stop } from './stop.ts'
import { Tally } from './tally.ts'
import { UndefinedVariables } from './undefined-variables.ts'

const DEFAULT_TIMEOUT_MS = 300_000

/**
 * Cells per account that may be checked and recorded while others are called. The record is acknowledged in groups,
 * so there must be enough of them to fill one.
 */
const AHEAD = 256

export interface ExecuteDeps {
  /** Paths are recorded relative to it. */
  readonly cwd: string
  /** By provider key, as `loadProviders` returns them. */
  readonly providers: ReadonlyMap<string, Provider>
  readonly verifier: Verifier
  readonly journal: Journal
  /** `now`: milliseconds on a monotonic clock. */
  readonly clock: { now(): number; wallClock(): Date }
  /** Once aborted no new cell is started; those that were are finished. */
  readonly signal?: AbortSignal | undefined
  /** Once aborted the calls in flight are aborted too; their cells are left out, to be run again. */
  readonly abort?: AbortSignal | undefined
  /** Calls in flight per account, instead of what the suite says. */
  readonly concurrency?: number | undefined
  /** What prompts and hooks see as promptfoo's `evalId`. */
  readonly runId?: string | undefined
  /** Wraps every call of a model: limits, retries, budgets and recorded replies go here. */
  readonly wrapCall?: ((call: CallModel) => CallModel) | undefined
  /** Told which provider is running, should one block the thread. */
  readonly watchdog?: Marks | undefined
  /** Told of every trial once it is on record. */
  readonly onTrial?: ((trial: Trial) => void) | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

/** How a run went. Its trials are in the journal. */
export interface Execution {
  readonly planned: number
  /** Trials on record. */
  readonly finished: number
  readonly interrupted: boolean
  readonly calls: { readonly made: number; readonly replayed: number; readonly retried: number }
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
    await cleanUp(deps.providers.values(), deps.onWarning ?? (() => {}))
  }
}

async function runPlan(plan: Plan, deps: ExecuteDeps): Promise<Execution> {
  const { clock, verifier, providers, journal, signal, abort, runId, onWarning = () => {} } = deps
  const { suite } = plan
  const now = () => clock.now()
  const extensions = await openExtensions(suite)
  const stop = new Stop()
  const tally = new Tally(() => clock.wallClock())
  const deadlines = new Deadlines(suite.assay.timeoutMs ?? DEFAULT_TIMEOUT_MS, now)
  const callModel = createCallModel(now, deadlines, deps.watchdog)
  const columnsOf = ({ case: testCase }: Cell) => columnsFor(testCase, plan.columns, suite.dir).length
  const rows: HookResult[] = []
  let finished = 0

  const runner = new CellRunner({
    plan,
    cwd: deps.cwd,
    providers,
    verifier,
    journal,
    callModel: deps.wrapCall?.(callModel) ?? callModel,
    now,
    stop,
    tally,
    groups: new CompareGroups(verifier, columnsOf),
    extensions,
    conversation: suite.serial ? new Conversation() : undefined,
    undefinedVariables: new UndefinedVariables(onWarning),
    runId,
    logger: { debug() {}, info() {}, warn: onWarning, error: onWarning },
    isAborting: () => abort?.aborted === true,
    onRecorded(trial, row) {
      finished++
      if (row !== undefined) rows.push(row)
      deps.onTrial?.(trial)
    },
    onWarning,
  })

  const unlisten = [
    listen(signal, () => stop.request()),
    listen(abort, () => {
      stop.request()
      deadlines.abortAll()
    }),
  ]
  try {
    await runLanes(plan, deps, runner, stop)
  } finally {
    for (const forget of unlisten) forget()
    deadlines.close()
  }
  if (stop.failure !== undefined) throw stop.failure.error
  try {
    await extensions?.afterAll({ results: rows, suite, prompts: suite.prompts, evalId: runId })
  } catch (error) {
    // The run is complete and on record: what comes after it cannot take it back.
    onWarning(messageOf(error))
  }
  const interrupted = stop.stopped && finished < plan.size.cells
  return { planned: plan.size.cells, finished, interrupted, calls: tally.calls, accounts: tally.accounts }
}

/** Cases that must run serially go first, one at a time; then all accounts side by side. */
async function runLanes(plan: Plan, deps: ExecuteDeps, runner: CellRunner, stop: Stop): Promise<void> {
  const { suite } = plan
  const run = runner.run.bind(runner)
  const now = () => deps.clock.now()
  const inTurn = (cells: AsyncIterable<Cell>) => runLane({ cells, limit: 1, ahead: 0, run, now, stop })
  if (suite.serial) return inTurn(plan.cells())

  const hasSerial = (plan.size.serialCells ?? 0) > 0
  if (hasSerial) await inTurn(only(plan.cells(), isSerial))
  const pacemaker = new Pacemaker((testCase) => deps.verifier.comparesColumns(testCase), stop)
  const lanes = plan.accounts.map((account) => ({
    cells: hasSerial ? only(plan.cells(account), (testCase) => !isSerial(testCase)) : plan.cells(account),
    limit: concurrencyOf(account, suite, deps.concurrency),
    ahead: AHEAD,
    run,
    now,
    stop,
    pace: pacemaker.join(),
  }))
  await Promise.all(lanes.map(runLane))
}

async function* only(
  cells: AsyncIterable<Cell>,
  takes: (testCase: Cell['case']) => boolean,
): AsyncGenerator<Cell, void> {
  for await (const cell of cells) if (takes(cell.case)) yield cell
}

/** Calls `heard` when the signal aborts, or now if it has; returns what stops the listening. */
function listen(signal: AbortSignal | undefined, heard: () => void): () => void {
  if (signal === undefined) return () => {}
  if (signal.aborted) heard()
  signal.addEventListener('abort', heard, { once: true })
  return () => signal.removeEventListener('abort', heard)
}
