import type { Arm } from './analyze/paired/arm.ts'
import { columnsOfManifest } from './analyze/paired/arm-columns.ts'
import { clusterOf } from './analyze/paired/cluster-key.ts'
import type { CaseInfo } from './analyze/paired/observation.ts'
import { nothingClustered, nothingShared } from './analyze/paired/pair-cases.ts'
import type { PairedColumn } from './analyze/paired/pair-columns.ts'
import { pairColumns } from './analyze/paired/pair-columns.ts'
import { ScoreTable } from './analyze/paired/score-table.ts'
import type { OpenedBaseline } from './baseline/open-baseline.ts'
import { openBaseline } from './baseline/open-baseline.ts'
import { ownBaseline } from './compare.ts'
import type { GateSettings } from './gate/settings.ts'
import { gateOf } from './gate/settings.ts'
import type { Case } from './model/case.ts'
import type { Column } from './model/cell.ts'
import { HarnessError } from './model/errors.ts'
import type { ExtraColumn, Plan, Selection } from './model/plan.ts'
import type { ComparisonOptions } from './model/run-options.ts'
import type { Suite } from './model/suite.ts'
import type { Verifier } from './model/verification.ts'
import { columnsOf } from './plan/columns.ts'
import { selectColumns } from './plan/select.ts'
import { columnRecords } from './record/manifest.ts'
import { baselineColumn } from './reruns/baseline-columns.ts'
import { lost } from './reruns/reverified.ts'
import type { RunRequest } from './run-request.ts'
import type { World } from './world.ts'

/** What a run is to be compared with, known before its first call. */
export interface Comparing {
  readonly baseline: OpenedBaseline
  readonly asked: ComparisonOptions
  /** The run's columns and what each is compared with. */
  readonly pairs: readonly PairedColumn[]
  /** What is run, the baseline's columns beside the suite's own where that was asked for. */
  readonly selection: Selection
}

/**
 * Opens what a run is to be compared with, and finds what each of its columns is compared with: what is wrong with that is told
 * before a call is paid for. Undefined where there is nothing to compare with.
 * @throws HarnessError `usage` for a baseline that is named and missing, one of another suite, columns without a counterpart, and
 * options that exclude each other
 */
export async function prepareComparison(
  suite: Suite,
  request: Pick<RunRequest, 'comparison' | 'selection' | 'child'>,
  { cwd, env, cacheDir }: World,
  onWarning: (message: string) => void,
): Promise<Comparing | undefined> {
  const { comparison: asked = {}, selection, child } = request
  if (child !== undefined) return undefined
  refuseTogether(asked, suite)
  const { name, file, dir, assay } = suite
  const opened = await openBaseline(asked.baseline, {
    suite: { name, file, dir },
    cwd,
    env,
    cacheDir,
    cluster: assay.cluster,
    onWarning,
  })
  const own = selectColumns(suite, await columnsOf(suite), selection)
  const gate = gateOf(assay)
  if (opened === undefined) {
    refuseWithout(asked)
    if (gate?.against !== undefined) pairWithin(plannedArm(own, suite), gate)
    return undefined
  }
  const { arm } = opened
  if (arm.suite.name !== name)
    throw new HarnessError('usage', `${opened.name} is of the suite ${arm.suite.name}, not of ${name}`, {
      hint: 'Name a baseline or a run of the same suite.',
    })
  const renamed = { ...assay.renamed, ...asked.renamed }
  const planned = plannedArm(own, suite)
  const { pairs } = pairColumns(arm, planned, { ship: gate?.ship, against: gate?.against, renamed })
  const comparing = { baseline: opened, asked, pairs }
  if (asked.rerunBaseline === true) {
    const beside = pairs.filter(({ base }) => base === arm.table)
    const repeats = { from: Math.max(arm.repeat, await mostRepeats(suite, selection)) }
    const extra = besideColumns(beside, own, repeats, { baseline: opened, suite, env }, onWarning)
    return { ...comparing, selection: { ...selection, extra } }
  }
  if (asked.stopEarly === true)
    return { ...comparing, selection: { ...selection, shuffle: selection.shuffle ?? 1 } }
  return { ...comparing, selection }
}

/** @throws HarnessError `usage` where the run has no column that `gate.against` names */
function pairWithin(planned: Arm, { ship, against }: GateSettings): void {
  pairColumns(ownBaseline(planned).arm, planned, { ship, against })
}

/**
 * Refuses a run that shares no case with its baseline, or none that belongs to a cluster where the suite has such, by a look at as
 * few cases as it takes.
 * @throws HarnessError `usage`
 */
export async function refuseApart(plan: Plan, { baseline: { arm } }: Comparing): Promise<void> {
  const { cluster } = plan.suite.assay
  let sharesAny = false
  for await (const { case: testCase } of plan.cells()) {
    const known = arm.table.caseInfo(testCase.id)
    if (known === undefined) continue
    sharesAny = true
    const { vars, test } = testCase
    if (cluster === undefined || known.cluster !== undefined) return
    if (clusterOf({ vars, metadata: test.metadata }, cluster) !== undefined) return
  }
  if (sharesAny && cluster !== undefined) throw nothingClustered(cluster)
  if (plan.size.cells > 0) throw nothingShared(arm)
}

/**
 * Refuses a run most of whose cases are others than in the baseline, where nothing is on record that could be checked again.
 * @throws HarnessError `usage`
 */
export async function refuseLost(
  plan: Plan,
  { baseline: { arm, record }, asked }: Comparing,
  verifier: Pick<Verifier, 'checksHash'>,
): Promise<void> {
  if (asked.rerunBaseline === true || (record !== undefined && arm.about.replies)) return
  const shared = new Map<string, boolean>()
  for await (const { case: testCase } of plan.cells()) {
    const known = arm.table.caseInfo(testCase.id)
    if (known !== undefined) shared.set(testCase.id, isOther(known, testCase, verifier))
  }
  const changed = [...shared.values()].filter(Boolean).length
  if (changed > shared.size / 2) throw lost(arm, changed, shared.size)
}

/** True where a baseline's scores of a case rest on other variables, or on other checks. */
export function isOther(
  known: Pick<CaseInfo, 'checksHash' | 'varsHash'>,
  testCase: Case,
  verifier: Pick<Verifier, 'checksHash'>,
): boolean {
  const { digest } = testCase
  const otherVars = known.varsHash !== undefined && digest !== undefined && known.varsHash !== digest
  return otherVars || known.checksHash !== verifier.checksHash(testCase)
}

/** The columns of a run as a comparison sees them, before anything is run. */
function plannedArm(columns: readonly Column[], suite: Suite): Arm {
  const records = columnRecords(columns, { cwd: suite.dir })
  const names = columnsOfManifest(records)
  return {
    about: { name: 'the run', kind: 'run', runId: '', at: '', replies: true },
    columns: names,
    repeat: 1,
    versions: {},
    suite: { name: suite.name, hash: suite.hash },
    table: new ScoreTable(names),
  }
}

function besideColumns(
  pairs: readonly PairedColumn[],
  own: readonly Column[],
  repeats: ExtraColumn['repeats'],
  options: Parameters<typeof baselineColumn>[2],
  onWarning: (message: string) => void,
): ExtraColumn[] {
  const seen = new Set<object>()
  return pairs.flatMap(({ column, against, gates }) => {
    const like = own.find(
      ({ prompt, provider }) => prompt.key === column.prompt && provider.key === column.provider,
    )
    if (like === undefined || seen.has(against)) return []
    seen.add(against)
    const found = baselineColumn(against, like, options)
    if (typeof found !== 'string') {
      const { prompt, provider, warning } = found
      if (warning !== undefined) onWarning(warning)
      const baseline = { prompt: against.prompt, provider: against.provider }
      return { prompt, provider, role: 'baseline' as const, baseline, repeats }
    }
    if (!gates) {
      onWarning(`a column of the baseline is not run again: ${found}`)
      return []
    }
    throw new HarnessError('usage', `the baseline cannot be run again: ${found}`, {
      hint: 'Leave --rerun-baseline out: the run is then compared with the scores on record.',
    })
  })
}

/** The most repeats that a case of the suite has: those of the baseline begin after them. */
async function mostRepeats(suite: Suite, { repeat = 0 }: Selection): Promise<number> {
  let most = repeat
  for await (const testCase of suite.cases()) most = Math.max(most, testCase.repeat)
  return most
}

function refuseTogether(
  { settle, stopEarly, rerunBaseline }: ComparisonOptions,
  { serial, assay }: Suite,
): void {
  const refuse = (message: string, hint: string): never => {
    throw new HarnessError('usage', message, { hint })
  }
  if (stopEarly === true && settle === true)
    refuse(
      '--settle and --stop-early exclude each other',
      'one adds calls while in doubt, the other leaves some out',
    )
  if (stopEarly === true && rerunBaseline === true)
    refuse(
      '--rerun-baseline and --stop-early exclude each other',
      '--stop-early needs a baseline that is complete',
    )
  if (stopEarly === true && assay.cluster !== undefined)
    refuse(
      '--stop-early cannot be used with assay.cluster',
      'it counts case by case, and those of a cluster are not independent',
    )
  const what = rerunBaseline === true ? '--rerun-baseline' : stopEarly === true ? '--stop-early' : undefined
  if (serial && what !== undefined)
    refuse(
      `${what} cannot be used with a suite whose cases depend on each other`,
      'it uses `_conversation` or `storeOutputAs`',
    )
}

function refuseWithout(asked: ComparisonOptions): void {
  const { settle, stopEarly, rerunBaseline } = asked
  const flag = [rerunBaseline && '--rerun-baseline', stopEarly && '--stop-early', settle && '--settle'].find(
    Boolean,
  )
  if (typeof flag !== 'string') return
  throw new HarnessError('usage', `${flag} needs a baseline, and there is none`, {
    hint: '`assay accept RUN` writes one beside its suite; --baseline takes a baseline.json, a run folder, or REV:path.',
  })
}
