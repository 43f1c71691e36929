import type { Arm } from './analyze/paired/arm.ts'
import { withReruns } from './analyze/paired/broken.ts'
import type { CompareOptions } from './analyze/paired/compare-options.ts'
import { compareRuns } from './analyze/paired/compare-runs.ts'
import { pairColumns } from './analyze/paired/pair-columns.ts'
import type { ScoreTable } from './analyze/paired/score-table.ts'
import type { OpenedBaseline } from './baseline/open-baseline.ts'
import { provenWorse } from './gate/no-worse.ts'
import { quarantineOf } from './gate/quarantine.ts'
import { alphaOf, confirmRepeats, gatedMetrics, gateOf } from './gate/settings.ts'
import type { RunComparison } from './model/comparison.ts'
import type { ComparisonOptions } from './model/run-options.ts'
import type { AssaySettings } from './model/suite.ts'
import { CONFIRM_ROOM, confirm } from './reruns/confirm.ts'
import { driftOf } from './reruns/drift.ts'
import { gatingPairs } from './reruns/gating-pairs.ts'
import type { Reruns } from './reruns/rerun.ts'
import type { Reverified, Reverify } from './reruns/reverified.ts'
import { reverifyChanged } from './reruns/reverified.ts'
import type { Counted } from './reruns/sequential.ts'
import { sequentialComparison } from './reruns/sequential.ts'
import { alphaOfLooks, settle } from './reruns/settle.ts'

export interface CompareStage {
  readonly candidate: Arm
  readonly baseline: OpenedBaseline
  readonly settings: AssaySettings
  /** As it was asked for when the run was made. */
  readonly asked?: ComparisonOptions | undefined
  readonly now: Date
  /** What the baseline's columns came to, run again beside the candidate's. */
  readonly beside?: ScoreTable | undefined
  /** Of a run that could stop early. */
  readonly counted?: Counted | undefined
  /** Runs broken or inconclusive columns again, or finds what was run: see `recordedReruns`. */
  readonly reruns: Reruns
  /** Checks stored replies of the baseline again, where checks have changed since. */
  readonly reverify?: Reverify | undefined
  /** Cases that are to be checked again though their checks are the same: a judge is another. */
  readonly judged?: ReadonlySet<string> | undefined
  /** Compares suites of different names too. */
  readonly allowOtherSuite?: boolean | undefined
  /** What is to be told with the comparison. */
  readonly warnings?: readonly string[] | undefined
}

/**
 * A run against its baseline, with all that belongs to it: replies that are checked again where checks have changed, broken cases
 * that are run again, repeats that are added while it is inconclusive, and what is due to the model alone.
 * @throws HarnessError `usage` where the two cannot be compared
 */
export async function compareStage(stage: CompareStage): Promise<RunComparison> {
  const { candidate, baseline, settings, asked = {}, beside, reruns } = stage
  const gate = gateOf(settings)
  const { cluster } = settings
  const options = optionsOf(stage)
  const base = beside === undefined ? baseline.arm : besideArm(baseline.arm, candidate, beside)
  const { pairs: paired } = pairColumns(baseline.arm, candidate, options)
  const { reverify, judged } = stage
  const again = await reverifyChanged({
    base: baseline.arm,
    candidate,
    pairs: paired,
    cluster,
    reverify,
    judged,
    mayLose: beside !== undefined,
  })
  const { reverified, notReverified, why } = again
  const warned = [...(options.warnings ?? []), ...(why === undefined ? [] : [why])]
  // What was run again beside the candidate was checked with the same checks.
  const shared = { ...options, reverified, notReverified, warnings: warned }
  const compare = (more: Partial<CompareOptions>): RunComparison =>
    withChanges(
      compareRuns(base, candidate, { ...(beside === undefined ? shared : options), ...more }),
      again,
    )

  let comparison = compare({})
  const pairs = gatingPairs(comparison, candidate)
  const first = Math.max(candidate.repeat, baseline.arm.repeat)
  const count = confirmRepeats(gate)
  const isGated = gate !== undefined || asked.baseline !== undefined
  const rerun =
    isGated && count > 0
      ? await confirm({
          broken: comparison.broken,
          proven: provenWorse(comparison),
          pairs,
          least: count,
          from: 2 * first,
          reruns,
        })
      : undefined
  // All else stays as it was: to compare once more would take as long again.
  if (rerun !== undefined) comparison = { ...comparison, broken: withReruns(comparison.broken, rerun) }
  // What fresh replies have confirmed stays so, whatever the repeats of another question show.
  const { broken } = comparison
  if (asked.settle === true) {
    const settled = await settle({
      base,
      candidate,
      pairs,
      comparison,
      count: candidate.repeat,
      from: 2 * (first + CONFIRM_ROOM),
      cluster,
      reruns,
      compare: (looks) => ({ ...compare({ looks }), broken }),
    })
    comparison = withWarning(settled.comparison, settled.why)
  }
  if (stage.counted !== undefined)
    comparison = sequentialComparison(comparison, { base, candidate }, stage.counted)
  if (beside === undefined) return comparison
  if (notReverified.size * 2 > comparison.pairing.sharedCases)
    return withWarning(
      comparison,
      `Whether the model drifted is not known: ${why ?? 'the stored scores are of other checks'}`,
    )
  const model = compareRuns(baseline.arm, base, { ...shared, ship: undefined, against: undefined })
  return { ...comparison, drift: driftOf(comparison, model) }
}

function optionsOf({
  settings,
  baseline,
  asked = {},
  now,
  warnings,
  allowOtherSuite,
}: CompareStage): CompareOptions {
  const gate = gateOf(settings)
  const { latency, cost, ship, against } = gate ?? {}
  const alpha = alphaOf(gate)
  return {
    ship,
    against,
    metrics: [...gatedMetrics(gate)],
    margin: gate?.margin ?? baseline.margin,
    alpha: asked.settle === true ? alphaOfLooks(alpha) : alpha,
    cluster: settings.cluster,
    renamed: { ...settings.renamed, ...asked.renamed },
    quarantined: quarantineOf(settings, now).ids,
    latencyRatio: latency?.ratio,
    costRatio: cost?.ratio,
    now,
    allowOtherSuite,
    warnings,
  }
}

/** The same for a gate that compares with nothing else: undefined. */
export function ownBaselineOf(candidate: Arm, settings: AssaySettings): OpenedBaseline | undefined {
  return gateOf(settings)?.against === undefined ? undefined : ownBaseline(candidate)
}

/** What a run is compared with that has no baseline, where its gate names another of its own columns. */
export function ownBaseline(candidate: Arm): OpenedBaseline {
  const name = 'another column of this run'
  return {
    name,
    kind: 'run',
    arm: { ...candidate, about: { ...candidate.about, name }, columns: [] },
    margin: null,
  }
}

/** The baseline as it does now: its columns, the run's own day and versions. */
function besideArm(baseline: Arm, candidate: Arm, table: ScoreTable): Arm {
  const { repeat, versions, graders, about } = candidate
  const columns = baseline.columns.filter((column) => table.has(column))
  const now = { repeat, versions, ...(graders !== undefined && { graders }), ranAt: about.at }
  return { ...baseline, columns, ...now, table }
}

/** Once the baseline's replies were checked again, nothing in its scores tells that the checks were others. */
function withChanges(comparison: RunComparison, { reverified }: Reverified): RunComparison {
  if (reverified.size === 0 || comparison.changes.some(({ kind }) => kind === 'checks')) return comparison
  const cases = `${reverified.size} ${reverified.size === 1 ? 'case' : 'cases'}`
  const what = `The checks of ${cases} are others now: the baseline's replies to them were checked again.`
  return { ...comparison, changes: [...comparison.changes, { kind: 'checks', what }] }
}

function withWarning(comparison: RunComparison, warning: string | undefined): RunComparison {
  if (warning === undefined) return comparison
  return { ...comparison, warnings: [...comparison.warnings, warning] }
}
