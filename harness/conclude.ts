import { finishWithDerived } from './analyze/derived.ts'
import { withGated } from './analyze/gated.ts'
import { armOfManifest } from './analyze/paired/arm.ts'
import { compareWithin } from './analyze/paired/compare-within.ts'
import { flakyCases, repeatChances } from './analyze/paired/flaky.ts'
import { SpendingTally } from './analyze/spending-tally.ts'
import { ownManifest } from './baseline/own-columns.ts'
import type { Comparing } from './comparing.ts'
import type { CompareStage } from './compare.ts'
import { compareStage, ownBaselineOf } from './compare.ts'
import { decide } from './decide.ts'
import type { Execution } from './execute/execute.ts'
import { quarantineOf } from './gate/quarantine.ts'
import { alphaOf, gatedMetrics, gateOf } from './gate/settings.ts'
import type { Analysis } from './model/analysis.ts'
import type { RunComparison } from './model/comparison.ts'
import { HarnessError } from './model/errors.ts'
import type { Plan } from './model/plan.ts'
import type { Run } from './model/run.ts'
import type { Verdict } from './model/verdict.ts'
import { ChildRuns } from './reruns/child-runs.ts'
import type { MakeRun } from './reruns/child-runs.ts'
import { reverifier } from './reruns/reverify.ts'
import type { Counted } from './reruns/sequential.ts'
import type { StopRule } from './reruns/stop-rule.ts'
import type { RunEvents } from './run-events.ts'
import type { RunRequest, RunResult } from './run-request.ts'
import type { Session } from './session.ts'
import { timeLeft } from './execute/budget/time-left.ts'
import type { WarningLog } from './warning-log.ts'
import type { World } from './world.ts'

interface Concluding {
  readonly request: RunRequest
  readonly world: World
  readonly events: RunEvents
  readonly plan: Plan
  readonly session: Session
  readonly execution: Execution
  /** On the run's clock, in milliseconds. */
  readonly startedAt: number
  readonly comparing: Comparing | undefined
  readonly stopRule: StopRule | undefined
  /** Cases whose judge is another than the baseline's. */
  readonly judged: ReadonlySet<string>
  readonly warnings: WarningLog
  readonly run: MakeRun
}

interface Conclusion {
  readonly analysis: Analysis
  readonly verdict: Verdict
  /** True where the run, or one that belongs to it, was interrupted: it is to be resumed. */
  readonly interrupted: boolean
  /** The record of what it was compared with, where that is on record. */
  readonly baseline?: Run | undefined
}

/**
 * What a run comes to once its cells have ended: its figures, its columns against each other and against the baseline's, with what
 * is run again for that, and the verdict.
 */
export async function conclude(concluding: Concluding): Promise<Conclusion> {
  const { request, world, plan, session, execution, warnings } = concluding
  const { assay, derivedMetrics } = plan.suite
  const { tally } = session
  const measured = await finishWithDerived(tally.analyzer, derivedMetrics, warnings.add)
  const { incomplete, interrupted } = execution
  if (request.child !== undefined) {
    // It is a part of the evidence, and decides nothing by itself.
    const verdict = decide({ ...assay, gate: undefined }, measured, incomplete, { failOn: 'none' })
    return { analysis: measured, verdict, interrupted }
  }

  const gate = gateOf(assay)
  const caseIds = session.isWhole ? new Set(tally.table.cases.map(({ id }) => id)) : undefined
  const quarantine = quarantineOf(assay, world.clock.wallClock(), caseIds)
  for (const warning of quarantine.warnings) warnings.add(warning)
  const children: RunResult[] = []
  const compared = tally.table.cases.length === 0 ? undefined : await compare(concluding, children)
  const within =
    tally.table.columns.length < 2
      ? undefined
      : compareWithin(tally, { metrics: [...gatedMetrics(gate)], alpha: alphaOf(gate), ship: gate?.ship })
  const [flaky, chances] = [flakyCases(tally.table, quarantine.ids), repeatChances(tally.table)]
  const analysis: Analysis = {
    ...withChildren(measured, children),
    ...(compared !== undefined && { comparison: compared.comparison }),
    ...(within !== undefined && { within }),
    ...(flaky.length > 0 && { flaky }),
    ...(chances.length > 0 && { chances }),
    ...(quarantine.list.length > 0 && { quarantined: quarantine.list }),
  }
  const { strict, failOn, baseline } = request.comparison ?? {}
  const gated = tally.gated && (await finishWithDerived(tally.gated, derivedMetrics, () => {}))
  const verdict = decide(assay, gated === undefined ? analysis : withGated(analysis, gated), incomplete, {
    ...(strict !== undefined && { strict }),
    ...(failOn !== undefined && { failOn }),
    ...(baseline !== undefined && { baselineExpected: baseline !== 'none' }),
  })
  return {
    analysis,
    verdict,
    interrupted: interrupted || compared?.interrupted === true,
    baseline: compared && concluding.comparing?.baseline.record,
  }
}

interface Compared {
  readonly comparison: RunComparison
  readonly interrupted: boolean
}

/** Undefined where there is nothing to compare with. */
async function compare(
  {
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
  }: Concluding,
  ended: RunResult[],
): Promise<Compared | undefined> {
  const { recorder, tally, budget } = session
  const { assay } = plan.suite
  const candidate = armOfManifest(ownManifest(recorder.manifest), tally.table, 'the run')
  const asked = request.comparison ?? {}
  const baseline = comparing?.baseline ?? ownBaselineOf(candidate, assay)
  if (baseline === undefined) return undefined
  const before = tally.spent
  const children = new ChildRuns({
    run,
    request,
    world,
    events,
    plan,
    baseline,
    parent: recorder,
    budget: () => timeLeft(budget, world.clock.now() - startedAt),
    spent: () => ended.at(-1)?.spent ?? before,
    onEnded: (child) => ended.push(child),
    onWarning: warnings.add,
  })
  const callsModels = request.record === undefined
  const stage: CompareStage = {
    candidate,
    baseline,
    settings: assay,
    asked,
    now: world.clock.wallClock(),
    beside: tally.beside,
    counted: countedBy(stopRule, execution),
    reruns: callsModels ? children.rerun : async () => ({ why: 'no model is called' }),
    reverify: reverifier({ baseline, children, asksGraders: callsModels, onWarning: warnings.add }),
    judged,
    warnings: [...partial(session.isWhole), ...besideMissing(execution)],
  }
  try {
    return { comparison: await compareStage(stage), interrupted: children.interrupted }
  } catch (error) {
    // A run that was cut short may have no case yet that can be compared. It is invalid, and is to be gone on with.
    const { finished, planned, beside } = execution
    const isWhole = finished === planned && beside?.finished === beside?.planned
    if (isWhole || !(error instanceof HarnessError) || error.code !== 'usage') throw error
    warnings.add(`the part that was run is not compared: ${error.message}`)
    return undefined
  }
}

/** What a run that could stop early has counted. */
function countedBy(stopRule: StopRule | undefined, { planned, finished }: Execution): Counted | undefined {
  if (stopRule === undefined) return undefined
  const { used, counted, decided } = stopRule
  const about = {
    stopped: decided !== undefined && finished < planned,
    casesUsed: used,
    casesPlanned: stopRule.planned,
    callsSaved: planned - finished,
  }
  return { about, cases: counted }
}

function partial(isWhole: boolean): string[] {
  return isWhole
    ? []
    : [
        'A part of the suite was run: the comparison speaks of the cases that both have, and not of the whole.',
      ]
}

function besideMissing({ beside }: Execution): string[] {
  if (beside === undefined || beside.finished === beside.planned) return []
  const missing = beside.planned - beside.finished
  return [`${missing} of ${beside.planned} cells of the baseline were not run again: they are left out.`]
}

/** Whatever belongs to a run is paid for with it. */
function withChildren(analysis: Analysis, children: readonly RunResult[]): Analysis {
  if (children.length === 0) return analysis
  const all = [analysis, ...children.map((child) => child.analysis)]
  const sum = (count: (each: Analysis) => number) => all.reduce((total, each) => total + count(each), 0)
  const tally = new SpendingTally()
  for (const { spending } of all) if (spending !== undefined) tally.add(spending)
  const spending = tally.finish()
  return {
    ...analysis,
    spentUsd: tally.total.costUsd,
    ...(spending !== undefined && { spending }),
    calls: {
      made: sum(({ calls }) => calls.made),
      replayed: sum(({ calls }) => calls.replayed),
      retried: sum(({ calls }) => calls.retried),
    },
  }
}
