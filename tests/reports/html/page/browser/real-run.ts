import { createAnalyzer } from '../../../../../harness/analyze/analyzer.ts'
import { armOfRun } from '../../../../../harness/analyze/paired/arm.ts'
import { compareWithin } from '../../../../../harness/analyze/paired/compare-within.ts'
import { flakyCases, repeatChances } from '../../../../../harness/analyze/paired/flaky.ts'
import { compareStage, ownBaselineOf } from '../../../../../harness/compare.ts'
import { decide, type DecideOptions } from '../../../../../harness/decide.ts'
import { alphaOf, gatedMetrics, gateOf } from '../../../../../harness/gate/settings.ts'
import { columnName } from '../../../../../harness/model/column-name.ts'
import type { ReportInput } from '../../../../../harness/model/report.ts'
import type { Manifest, Run } from '../../../../../harness/model/run.ts'
import type { AssaySettings } from '../../../../../harness/model/suite.ts'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { addAll } from '../../../../harness/analyze/make-trial.ts'
import { makeManifest } from '../../../make-input.ts'

export interface RunParts {
  readonly trials: readonly Trial[]
  readonly manifest?: Partial<Manifest>
}

interface InputParts extends RunParts {
  /** The record of the run that was accepted as the baseline. */
  readonly before?: RunParts
  readonly settings?: AssaySettings
  readonly planned?: number
  readonly options?: DecideOptions
}

/** What a renderer is given of a run with these trials: all of it made by the harness, the comparison too. */
export async function realInput(parts: InputParts): Promise<ReportInput> {
  const { trials, before, settings = {}, planned = trials.length, options } = parts
  const run = runOf({ trials, manifest: { id: 'run-2', ...parts.manifest } }, planned)
  const { columns, incomplete } = run.manifest
  const analyzer = createAnalyzer({ runId: run.manifest.id, columns, planned })
  addAll(analyzer, trials)
  const candidate = await armOfRun(run)
  const record = before && runOf({ ...before, manifest: { id: 'run-1', ...before.manifest } })
  const name = 'suites/support/baseline.json'
  const accepted = record && (await armOfRun(record, { name }))
  const baseline =
    accepted === undefined
      ? ownBaselineOf(candidate, settings)
      : {
          name,
          kind: 'baseline' as const,
          margin: null,
          arm: { ...accepted, about: { ...accepted.about, kind: 'baseline' as const, by: 'Ann Example' } },
        }
  const comparison =
    baseline &&
    (await compareStage({
      candidate,
      baseline,
      settings,
      now: new Date('2026-11-23T10:01:00.000Z'),
      reruns: async () => ({ why: 'no model is called' }),
    }))
  const gate = gateOf(settings)
  const within = { metrics: [...gatedMetrics(gate)], alpha: alphaOf(gate), ship: gate?.ship }
  const flaky = flakyCases(candidate.table, new Set())
  const chances = repeatChances(candidate.table)
  const analysis = {
    ...analyzer.finish(),
    ...(comparison !== undefined && { comparison }),
    ...(columns.length > 1 && { within: compareWithin(candidate, within) }),
    ...(flaky.length > 0 && { flaky }),
    ...(chances.length > 0 && { chances }),
  }
  return {
    run,
    analysis,
    verdict: decide(settings, analysis, incomplete, options),
    ...(record !== undefined && { baseline: record }),
  }
}

function runOf({ trials, manifest }: RunParts, planned = trials.length): Run {
  const cells = new Map(trials.map(({ cell }) => [columnName(cell), cell]))
  const columns = [...cells].map(([hash, { prompt, provider }]) => ({ prompt, provider, hash }))
  return {
    dir: `runs/support/${manifest?.id}`,
    manifest: makeManifest({
      suite: { name: 'support', file: 'suites/support/suite.yaml', hash: 'abc123' },
      columns,
      cells: { planned, cases: new Set(trials.map(({ cell }) => cell.caseId)).size },
      repeat: Math.max(1, ...trials.map(({ cell }) => cell.repeat + 1)),
      ...manifest,
    }),
    async *trials() {
      yield* trials
    },
  }
}
