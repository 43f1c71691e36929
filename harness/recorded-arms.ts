import type { Arm } from './analyze/paired/arm.ts'
import { armOfManifest } from './analyze/paired/arm.ts'
import { observationOf } from './analyze/paired/observation.ts'
import { pairCases } from './analyze/paired/pair-cases.ts'
import { ScoreTable } from './analyze/paired/score-table.ts'
import { ownManifest } from './baseline/own-columns.ts'
import type { ColumnName, Sequential } from './model/comparison.ts'
import { columnName } from './model/comparison.ts'
import type { Run } from './model/run.ts'
import type { Trial } from './model/trial.ts'
import type { Counted } from './reruns/sequential.ts'
import { shuffleRank } from './plan/shuffle.ts'

/** What a recorded run has for a comparison. */
export interface RecordedArms {
  /** Its own columns. */
  readonly candidate: Arm
  /** A baseline's columns that were run beside them, by their names in the baseline. */
  readonly beside?: ScoreTable
}

/**
 * The arms of a recorded run: its trials are streamed, none is held.
 * @param baselineRun id of the run that it is compared with now; what was run again of another baseline is left out
 */
export async function recordedArms(
  run: Run,
  {
    cluster,
    baselineRun,
    onTrial,
  }: {
    readonly cluster: string | undefined
    readonly baselineRun: string | undefined
    /** Told of every trial of its own columns. */
    readonly onTrial?: ((trial: Trial) => void) | undefined
  },
): Promise<RecordedArms> {
  const manifest = ownManifest(run.manifest)
  const table = new ScoreTable(manifest.columns)
  const isSame = baselineRun !== undefined && run.manifest.baseline?.run === baselineRun
  const names = new Map<string, ColumnName>()
  for (const { prompt, provider, baseline } of run.manifest.columns)
    if (baseline !== undefined) names.set(columnName({ prompt, provider }), baseline)
  const beside = isSame && names.size > 0 ? new ScoreTable([...names.values()]) : undefined
  for await (const trial of run.trials()) {
    const name = names.get(columnName(trial.cell))
    if (name === undefined) {
      table.add(observationOf(trial, cluster))
      onTrial?.(trial)
    } else beside?.add({ ...observationOf(trial, cluster), ...name })
  }
  const candidate = armOfManifest(manifest, table, run.dir)
  return { candidate, ...(beside !== undefined && { beside }) }
}

/**
 * What a recorded run that could stop early had counted by then: the first of its cases in the order they were run in. Undefined for
 * any other run.
 */
export function recordedCount(
  { manifest }: Run,
  sequential: Sequential | undefined,
  arms: { readonly base: Arm; readonly candidate: Arm; readonly quarantined: ReadonlySet<string> },
): Counted | undefined {
  const seed = manifest.options?.selection.shuffle
  if (sequential === undefined || seed === undefined) return undefined
  const { shared, changedVars, changedChecks } = pairCases(arms.base, arms.candidate, {
    allowOtherSuite: true,
  })
  const excluded = new Set([...arms.quarantined, ...changedVars, ...changedChecks])
  const ranked = shared
    .filter(({ id }) => !excluded.has(id))
    .map(({ id }) => ({ id, rank: shuffleRank(seed, id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return { about: sequential, cases: ranked.slice(0, sequential.casesUsed).map(({ id }) => id) }
}
