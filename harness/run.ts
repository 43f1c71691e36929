import { prepareComparison, refuseApart, refuseLost } from './comparing.ts'
import { conclude } from './conclude.ts'
import { execute } from './execute/execute.ts'
import { Graders, recordedGrader } from './execute/graders.ts'
import { busyWarning, judgeLag, watchLag } from './execute/lag.ts'
import { loadGrader, loadProviders } from './execute/load-providers.ts'
import { gradersOf, makeReady, oddities, providersOf } from './execute/make-ready.ts'
import { noticesOf } from './execute/notices.ts'
import { answeredFromRecord } from './execute/resumed.ts'
import { realTimers } from './execute/timers.ts'
import { startWatchdog } from './execute/watchdog.ts'
import { Judging } from './gate/judges.ts'
import { checkPrices, CostChecks } from './gate/unpriced.ts'
import type { Analysis } from './model/analysis.ts'
import { makePlan } from './plan/make-plan.ts'
import { openPrices } from './pricing/open-prices.ts'
import { readWhole } from './read-whole.ts'
import { RecordedReplies } from './record/cassette/recorded-replies.ts'
import { keyRedactor } from './record/suite-redactor.ts'
import { casesOfOtherJudges } from './reruns/other-judges.ts'
import type { RunEvents } from './run-events.ts'
import type { RunRequest, RunResult } from './run-request.ts'
import { openSession } from './session.ts'
import { openStopRule } from './reruns/open-stop-rule.ts'
import { openVerifier } from './verify/open-verifier.ts'
import { formatWarning, WarningLog } from './warning-log.ts'
import type { World } from './world.ts'

/**
 * A whole run: suite → plan → execute → verify → record → analyze → decide. Every mistake of the suite is found before
 * the first call; every reply is on disk before it is checked. A run that is resumed goes on in its own folder, from what
 * is on record.
 * @throws HarnessError for whatever keeps the run from starting, or its record from being written
 */
export async function run(request: RunRequest, world: World, events: RunEvents = {}): Promise<RunResult> {
  const { cwd, env, cacheDir, clock, stop, abort } = world
  const { record, concurrency, child } = request
  const suite = child?.suite ?? request.read ?? (await readWhole(request, world))
  const warnings = new WarningLog(events.onWarning)
  const comparing = await prepareComparison(suite, request, world, warnings.add)
  const selection = comparing?.selection ?? request.selection
  const plan = await makePlan(suite, selection)
  if (comparing !== undefined) await refuseApart(plan, comparing)
  warnings.first([...(child === undefined ? suite.warnings : []), ...plan.warnings])
  const tapes = await RecordedReplies.open({
    suite,
    mode: request.cassette,
    cache: request.cache !== false && record === undefined,
    cacheDir,
    wallClock: clock.wallClock,
    onWarning: warnings.add,
  })
  const watchdog = startWatchdog({ limitMs: world.watchdogMs })
  const asksGraders = record === undefined || record.asksGraders === true
  const graders = new Graders(asksGraders ? loadGrader(suite, world) : recordedGrader)
  const verifier = await openVerifier(suite, {
    cacheDir,
    env,
    watchdog,
    loadGrader: graders.load,
    askGrader: graders.ask,
  })
  try {
    const providers = await loadProviders(plan, world)
    const prices = await openPrices(suite.prices)
    const costChecks = new CostChecks(plan)
    const judging = new Judging()
    for await (const testCase of suite.cases()) {
      judging.add(await verifier.prepare(testCase))
      costChecks.add(testCase)
    }
    const isMade = child !== undefined || request.read !== undefined
    for (const warning of isMade ? [] : judging.check(suite.assay, verifier.judges)) warnings.add(warning)
    await verifier.warmUp()
    // A replay asks nobody; neither does a record, but for its graders.
    const models = record === undefined ? providersOf(plan, providers) : []
    const asked = request.cassette === 'replay' ? [] : [...models, ...gradersOf(graders.loaded)]
    if (child === undefined) for (const warning of oddities(asked)) warnings.add(formatWarning(warning))
    if (child === undefined && record === undefined) {
      const { maxCostUsd } = request
      const [graded, at] = [gradersOf(graders.loaded), clock.wallClock()]
      const check = {
        plan,
        providers,
        graders: graded,
        costChecks,
        prices: async () => prices,
        at,
        maxCostUsd,
      }
      for (const warning of await checkPrices(check)) warnings.add(formatWarning(warning))
    }
    const judged = await casesOfOtherJudges(suite, verifier, comparing?.baseline.arm.graders, graders.records)
    if (comparing !== undefined) await refuseLost(plan, comparing, verifier)
    const mayStop = comparing?.asked.stopEarly === true
    const stopRule = mayStop
      ? await openStopRule(plan, comparing, { verifier, today: clock.wallClock() })
      : undefined
    if (request.resume === undefined) await makeReady(asked)

    const decided = new AbortController()
    const startedAt = clock.now()
    const session = await openSession({
      request: { ...request, selection },
      plan,
      verifier,
      world,
      notices: noticesOf(providers),
      graders: graders.records,
      judges: verifier.judges,
      baseline: comparing && { name: comparing.baseline.name, run: comparing.baseline.arm.about.runId },
      onObservation(observation) {
        stopRule?.add(observation)
        if (stopRule?.decided !== undefined) decided.abort()
      },
    })
    const { recorder, tally, planned, finished } = session
    try {
      // One that is gone on with may have nothing left to call.
      if (finished !== undefined && finished.size < planned) await makeReady(asked)
      events.onStart?.(plan, recorder.dir, finished?.size)
      const lag = watchLag(realTimers(clock.now))
      const execution = await execute(plan, {
        cwd,
        providers,
        verifier,
        graders,
        journal: recorder,
        clock,
        prices,
        random: world.random,
        watchdog,
        signal: stop,
        abort,
        decided: { signal: decided.signal, message: () => stopRule?.decided ?? '' },
        concurrency,
        budget: session.budget,
        spent: session.spent,
        runId: recorder.id,
        finished,
        finishedBeside: tally.besideFinished,
        stored: session.stored,
        tape: tapes.tape({ redact: keyRedactor(plan.suite, env), journal: recorder.journalFile }),
        ...(record !== undefined && {
          answer: (record.answer ?? answeredFromRecord)({ replies: record.replies, redact: recorder.redact }),
          asksGraders,
        }),
        onTrial(trial) {
          tally.add(recorder.asRecorded(trial))
          events.onTrial?.(trial)
        },
        onCall(call) {
          if (!session.isMade(call)) return tally.addEarlierCall(call)
          tally.addCall(call)
          events.onCall?.(call)
        },
        onWithheld: events.onWithheld,
        onAccount: events.onAccount,
        onWarning: warnings.add,
      }).finally(() => lag.stop())

      const { beside } = execution
      const isAll = execution.finished === planned && beside?.finished === beside?.planned
      await tapes.finish(recorder.journalFile, session.isWhole && isAll)
      const { analysis, verdict, interrupted, baseline } = await conclude({
        request,
        world,
        events,
        plan,
        session,
        execution,
        startedAt,
        comparing,
        stopRule,
        judged,
        warnings,
        run,
      })
      const busy = judgeLag(lag.stop(), shortestMedian(analysis))
      if (busy.tooBusy) warnings.add(busyWarning(busy))
      const findings = await recorder.writeFindings(analysis, verdict)
      const ending = { ...execution, interrupted, lag: busy, warnings: warnings.late }
      const ended = { run: await recorder.close(ending), ...findings, spent: tally.spent }
      return { ...ended, ...(baseline !== undefined && { baseline }) }
    } finally {
      await recorder.abandon()
    }
  } finally {
    tapes.close()
    await verifier.close()
    watchdog.stop()
  }
}

/** Lateness matters most to the quickest model. */
function shortestMedian({ columns }: Analysis): number | null {
  const medians = columns.flatMap(({ latencyMs }) => latencyMs.p50 ?? [])
  return medians.length === 0 ? null : Math.min(...medians)
}
