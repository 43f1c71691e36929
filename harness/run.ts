import { finishWithDerived } from './analyze/derived.ts'
import { decide } from './decide.ts'
import { runBeforeAll } from './execute/before-all.ts'
import { execute } from './execute/execute.ts'
import { Graders, recordedGrader } from './execute/graders.ts'
import { busyWarning, judgeLag, watchLag } from './execute/lag.ts'
import { loadGrader, loadProviders } from './execute/load-providers.ts'
import { noticesOf } from './execute/notices.ts'
import { answeredFromRecord } from './execute/resumed.ts'
import { realTimers } from './execute/timers.ts'
import { startWatchdog } from './execute/watchdog.ts'
import type { AccountState } from './model/account-state.ts'
import type { Analysis } from './model/analysis.ts'
import type { Plan } from './model/plan.ts'
import type { ReportInput } from './model/report.ts'
import type { Call, Trial } from './model/trial.ts'
import { makePlan } from './plan/make-plan.ts'
import { RecordedReplies } from './record/cassette/recorded-replies.ts'
import type { RunRequest } from './run-request.ts'
import { openSession } from './session.ts'
import { readSuite } from './suite/read.ts'
import { openVerifier } from './verify/open-verifier.ts'
import { WarningLog } from './warning-log.ts'
import type { World } from './world.ts'

/** Told how a run goes, while it goes. */
export interface RunEvents {
  /** The folder is made; calls begin. `onRecord`: cells that an earlier session finished. */
  readonly onStart?: (plan: Plan, dir: string, onRecord?: number) => void
  readonly onTrial?: (trial: Trial) => void
  /** A call of a model or a grader was made, or replayed, and is on record, whatever becomes of its cell. */
  readonly onCall?: (call: Call) => void
  /** A cell was left out: no call of it is made any more. */
  readonly onWithheld?: () => void
  readonly onAccount?: (account: string, state: AccountState) => void
  readonly onWarning?: (message: string) => void
}

/**
 * A whole run: suite → plan → execute → verify → record → analyze → decide. Every mistake of the suite is found before
 * the first call; every reply is on disk before it is checked. A run that is resumed goes on in its own folder, from what
 * is on record.
 * @throws HarnessError for whatever keeps the run from starting, or its record from being written
 */
export async function run(request: RunRequest, world: World, events: RunEvents = {}): Promise<ReportInput> {
  const { cwd, env, cacheDir, clock, stop, abort } = world
  const { allowOutside, record, concurrency } = request
  const builtin = Object.keys(world.builtin)
  const written = await readSuite(request.suite, { env, cwd, allowOutside, builtin })
  const suite = await runBeforeAll(written, { env, cwd })
  const plan = await makePlan(suite, request.selection)
  const warnings = new WarningLog(events.onWarning)
  warnings.first([...suite.warnings, ...plan.warnings])
  const tapes = await RecordedReplies.open({
    suite,
    mode: request.cassette,
    cache: request.cache !== false && record === undefined,
    cacheDir,
    wallClock: clock.wallClock,
    onWarning: warnings.add,
  })
  const watchdog = startWatchdog({ limitMs: world.watchdogMs })
  const graders = new Graders(record === undefined ? loadGrader(suite, world) : recordedGrader)
  const verifier = await openVerifier(suite, {
    cacheDir,
    env,
    watchdog,
    loadGrader: graders.load,
    askGrader: graders.ask,
  })
  try {
    const providers = await loadProviders(plan, world)
    for await (const testCase of suite.cases()) await verifier.prepare(testCase)
    await verifier.warmUp()

    const session = await openSession({ request, plan, verifier, world, notices: noticesOf(providers) })
    const { recorder, analyzer, planned, finished } = session
    try {
      events.onStart?.(plan, recorder.dir, finished?.size)
      const lag = watchLag(realTimers(clock.now))
      const execution = await execute(plan, {
        cwd,
        providers,
        verifier,
        graders,
        journal: recorder,
        clock,
        random: world.random,
        watchdog,
        signal: stop,
        abort,
        concurrency,
        budget: session.budget,
        spent: session.spent,
        runId: recorder.id,
        finished,
        stored: session.stored,
        tape: tapes.tape({ redact: recorder.redact, journal: recorder.journalFile }),
        ...(record !== undefined && {
          answer: answeredFromRecord({ replies: record.replies, redact: recorder.redact }),
        }),
        onTrial(trial) {
          analyzer.add(trial)
          events.onTrial?.(trial)
        },
        onCall(call) {
          analyzer.addCall(call)
          if (record === undefined) events.onCall?.(call)
        },
        onWithheld: events.onWithheld,
        onAccount: events.onAccount,
        onWarning: warnings.add,
      }).finally(() => lag.stop())

      const measured = await finishWithDerived(analyzer, suite.derivedMetrics, warnings.add)
      const analysis = record === undefined ? measured : paidBefore(measured)
      const busy = judgeLag(lag.stop(), shortestMedian(analysis))
      if (busy.tooBusy) warnings.add(busyWarning(busy))
      const { incomplete } = execution
      const findings = await recorder.writeFindings(analysis, decide(suite.assay, analysis, incomplete))
      await tapes.finish(recorder.journalFile, session.isWhole && analysis.cells.finished === planned)
      const ending = { ...execution, lag: busy, warnings: warnings.late }
      return { run: await recorder.close(ending), ...findings }
    } finally {
      await recorder.abandon()
    }
  } finally {
    tapes.close()
    await verifier.close()
    watchdog.stop()
  }
}

/** A run whose replies were on record called no model and spent nothing. */
function paidBefore(analysis: Analysis): Analysis {
  const { made, replayed } = analysis.calls
  return { ...analysis, spentUsd: 0, calls: { made: 0, replayed: made + replayed, retried: 0 } }
}

/** Lateness matters most to the quickest model. */
function shortestMedian({ columns }: Analysis): number | null {
  const medians = columns.flatMap(({ latencyMs }) => latencyMs.p50 ?? [])
  return medians.length === 0 ? null : Math.min(...medians)
}
