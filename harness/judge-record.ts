import { dirname, resolve } from 'node:path'
import { createAnalyzer } from './analyze/analyzer.ts'
import { withGated } from './analyze/gated.ts'
import type { Arm } from './analyze/paired/arm.ts'
import type { OpenedBaseline } from './baseline/open-baseline.ts'
import { openBaseline } from './baseline/open-baseline.ts'
import { ownManifest } from './baseline/own-columns.ts'
import { compareStage, ownBaselineOf } from './compare.ts'
import { decide } from './decide.ts'
import { quarantineOf } from './gate/quarantine.ts'
import type { RunComparison } from './model/comparison.ts'
import type { ReportInput } from './model/report.ts'
import type { Run } from './model/run.ts'
import type { ComparisonOptions } from './model/run-options.ts'
import type { AssaySettings } from './model/suite.ts'
import { recordedArms, recordedCount } from './recorded-arms.ts'
import { recordedReruns } from './reruns/recorded-reruns.ts'
import { recordedReverify } from './reruns/recorded-reverify.ts'
import type { World } from './world.ts'

export interface JudgeRequest {
  /** The run, as its folder has it. */
  readonly record: ReportInput
  /** Of the suite as it stands now. */
  readonly settings: AssaySettings
  /** Absolute path of the suite file. */
  readonly suiteFile: string
  readonly asked: ComparisonOptions
  readonly onWarning: (message: string) => void
}

/**
 * A recorded run, compared and decided once more by the gate as it stands now: no call. The suite and
 * its checks are read only where replies of the baseline are to be checked again. What is in the run's folder stays as it is.
 * @throws HarnessError `usage` for a run or a named baseline that is not there, or two that cannot be compared
 */
export async function judgeRecord(request: JudgeRequest, world: World): Promise<ReportInput> {
  const { settings, suiteFile, asked, onWarning } = request
  const { cwd, env, cacheDir, clock } = world
  const { cluster } = settings
  const { run, analysis: recorded } = request.record
  const { name } = run.manifest.suite
  const suite = { name, file: resolve(suiteFile), dir: dirname(resolve(suiteFile)) }
  const opened = await openBaseline(asked.baseline, { suite, cwd, env, cacheDir, cluster, onWarning })
  const baselineRun = opened?.arm.about.runId
  const now = clock.wallClock()
  const out = quarantineOf(settings, now).ids
  const { columns } = ownManifest(run.manifest)
  const gated =
    out.size === 0
      ? undefined
      : createAnalyzer({ runId: run.manifest.id, cluster, columns, planned: recorded.cells.planned })
  const { candidate, beside } = await recordedArms(run, {
    cluster,
    baselineRun,
    onTrial: gated && ((trial) => void (out.has(trial.cell.caseId) || gated.add(trial))),
  })
  const baseline = opened ?? ownBaselineOf(candidate, settings)
  const quarantine = quarantineOf(settings, now, caseIdsOf(candidate))
  const comparison = baseline && (await compareRecorded(baseline))
  const { comparison: earlier, ...own } = recorded
  void earlier
  for (const warning of quarantine.warnings) onWarning(warning)
  const analysis = {
    ...own,
    ...(comparison !== undefined && { comparison }),
    ...(quarantine.list.length > 0 && { quarantined: quarantine.list }),
  }
  const { strict, failOn } = asked
  const limited = gated === undefined ? analysis : withGated(analysis, gated.finish())
  const verdict = decide(settings, limited, run.manifest.incomplete, {
    ...(strict !== undefined && { strict }),
    ...(failOn !== undefined && { failOn }),
    ...(asked.baseline !== undefined && { baselineExpected: asked.baseline !== 'none' }),
  })
  const record = comparison && opened?.record
  return { run, analysis, verdict, ...(record !== undefined && { baseline: record }) }

  async function compareRecorded(against: OpenedBaseline): Promise<RunComparison> {
    const { reverify, close } = recordedReverify({ run, baseline: against, suiteFile, world, onWarning })
    try {
      return await compareStage({
        candidate,
        baseline: against,
        settings,
        asked: asAskedThen(asked, run),
        now,
        beside,
        counted: recordedCount(run, recorded.comparison?.sequential, {
          base: against.arm,
          candidate,
          quarantined: quarantine.ids,
        }),
        reruns: recordedReruns(run, against.arm.about.runId),
        reverify,
      })
    } finally {
      await close()
    }
  }
}

/** Whether repeats were to be added is the run's: the levels of its looks depend on it. */
function asAskedThen(asked: ComparisonOptions, { manifest }: Run): ComparisonOptions {
  return manifest.options?.comparison?.settle === true ? { ...asked, settle: true } : asked
}

function caseIdsOf({ table }: Arm): ReadonlySet<string> {
  return new Set(table.cases.map(({ id }) => id))
}
