import type { Analyzer } from './analyze/analyzer.ts'
import { createAnalyzer } from './analyze/analyzer.ts'
import { finishWithDerived } from './analyze/derived.ts'
import { decide } from './decide.ts'
import { runBeforeAll } from './execute/before-all.ts'
import { execute } from './execute/execute.ts'
import { loadGrader, loadProviders } from './execute/load-providers.ts'
import { noticesOf } from './execute/notices.ts'
import { answerFromRecord, graderFromRecord } from './execute/stored-calls.ts'
import { startWatchdog } from './execute/watchdog.ts'
import type { Analysis } from './model/analysis.ts'
import type { Plan, Selection } from './model/plan.ts'
import type { ReportInput } from './model/report.ts'
import type { Trial } from './model/trial.ts'
import { makePlan } from './plan/make-plan.ts'
import { graderLine } from './record/grader-line.ts'
import { Recorder } from './record/recorder.ts'
import type { StoredReplies } from './record/stored-replies.ts'
import { readSuite } from './suite/read.ts'
import { openVerifier } from './verify/open-verifier.ts'
import { WarningLog } from './warning-log.ts'
import type { World } from './world.ts'

export interface RunRequest {
  /** Path of the suite file. */
  readonly suite: string
  readonly selection: Selection
  /** Calls in flight per provider account, instead of what the suite says. */
  readonly concurrency?: number | undefined
  /** The run folder to create; by default `runs/<suite>/<id>`. */
  readonly out?: string | undefined
  readonly allowOutside: boolean
  /** The command that reproduces the run, for the record. */
  readonly command: readonly string[]
  /** A recorded run whose replies are checked again: no model is called. */
  readonly record?: RecordedReplies | undefined
}

interface RecordedReplies {
  readonly id: string
  readonly replies: StoredReplies
  /** Cells that run planned and never finished: they stay absent. */
  readonly absent: number
}

/** Told how a run goes, while it goes. */
export interface RunEvents {
  /** The folder is made; calls begin. */
  readonly onStart?: (plan: Plan, dir: string) => void
  readonly onTrial?: (trial: Trial) => void
  readonly onWarning?: (message: string) => void
}

/**
 * A whole run: suite → plan → execute → verify → record → analyze → decide. Every mistake of the suite is found before
 * the first call; every reply is on disk before it is checked.
 * @throws HarnessError for whatever keeps the run from starting, or its record from being written
 */
export async function run(request: RunRequest, world: World, events: RunEvents = {}): Promise<ReportInput> {
  const { cwd, env, cacheDir, clock, random, stop, abort } = world
  const written = await readSuite(request.suite, {
    env,
    cwd,
    allowOutside: request.allowOutside,
    builtin: Object.keys(world.builtin),
  })
  const suite = await runBeforeAll(written, { env, cwd })
  const plan = await makePlan(suite, request.selection)
  const { record } = request
  const planned = plan.size.cells + (record?.absent ?? 0)
  const warnings = new WarningLog(events.onWarning)
  warnings.first([...suite.warnings, ...plan.warnings])

  const watchdog = startWatchdog({ limitMs: world.watchdogMs })
  const verifier = await openVerifier(suite, {
    cacheDir,
    env,
    watchdog,
    now: () => clock.now(),
    loadGrader: record === undefined ? loadGrader(suite, world) : graderFromRecord(record.replies),
    onGraderCall(call) {
      const line = graderLine(call)
      analyzer?.addCall(line)
      // Should the disk be full, the trial's own line tells.
      recorder?.write(line).catch(() => {})
    },
  })
  let recorder: Recorder | undefined
  let analyzer: Analyzer | undefined
  try {
    const providers = await loadProviders(plan, world)
    // A delay spares a server, and none is asked.
    if (record !== undefined) for (const provider of providers.values()) provider.delay = 0
    for await (const testCase of suite.cases()) await verifier.prepare(testCase)
    await verifier.warmUp()

    recorder = await Recorder.open({
      plan,
      planned,
      cwd,
      env,
      random,
      wallClock: () => clock.wallClock(),
      out: request.out,
      seed: request.selection.sample?.seed,
      command: request.command,
      notices: noticesOf(providers),
      verifies: record?.id,
    })
    events.onStart?.(plan, recorder.dir)

    const tally = createAnalyzer({
      runId: recorder.id,
      columns: plan.columns.map(({ prompt, provider }) => ({ prompt: prompt.key, provider: provider.key })),
      planned,
    })
    analyzer = tally
    const execution = await execute(plan, {
      cwd,
      providers,
      verifier,
      journal: recorder,
      clock,
      watchdog,
      signal: stop,
      abort,
      concurrency: request.concurrency,
      runId: recorder.id,
      ...(record !== undefined && { wrapCall: () => answerFromRecord(record.replies) }),
      onTrial(trial) {
        tally.add(trial)
        events.onTrial?.(trial)
      },
      onWarning: warnings.add,
    })

    const measured = await finishWithDerived(tally, suite.derivedMetrics, warnings.add)
    const analysis = record === undefined ? measured : paidBefore(measured)
    const findings = await recorder.writeFindings(analysis, decide(suite.assay, analysis))
    return { run: await recorder.close({ ...execution, warnings: warnings.late }), ...findings }
  } finally {
    await verifier.close()
    watchdog.stop()
  }
}

/** A run whose replies were on record called no model and spent nothing. */
function paidBefore(analysis: Analysis): Analysis {
  const { made, replayed } = analysis.calls
  return { ...analysis, spentUsd: 0, calls: { made: 0, replayed: made + replayed, retried: 0 } }
}
