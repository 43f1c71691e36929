import type { Baseline } from '../../model/baseline.ts'
import type { BaselineAbout } from '../../model/comparison.ts'
import type { Manifest, Run } from '../../model/run.ts'
import { columnsOfManifest } from './arm-columns.ts'
import type { ArmColumn } from './arm-columns.ts'
import { fillFromBaseline, recordedCells } from './baseline-cells.ts'
import { observationOf } from './observation.ts'
import { ScoreTable } from './score-table.ts'

export type { ArmColumn } from './arm-columns.ts'

/** One side of a comparison: a run, or an accepted baseline. */
export interface Arm {
  readonly about: BaselineAbout
  /** ISO time of its replies, where they are younger than what it is about: run again beside a candidate. */
  readonly ranAt?: string
  readonly columns: readonly ArmColumn[]
  /** Repeats of a case; the most where cases have their own. */
  readonly repeat: number
  readonly versions: Readonly<Record<string, string>>
  readonly suite: { readonly name: string; readonly hash: string }
  /** Graders that the checks asked, where they are known. */
  readonly graders?: readonly { readonly id: string; readonly hash: string }[]
  readonly table: ScoreTable
}

interface ArmOptions {
  /** What `assay.cluster` names. */
  readonly cluster?: string | undefined
  /** How sentences name the arm; a run's folder where it is not given. */
  readonly name?: string | undefined
}

/** The arm of a recorded run: its trials are streamed, none is held. */
export async function armOfRun(run: Run, { cluster, name = run.dir }: ArmOptions = {}): Promise<Arm> {
  const table = new ScoreTable(run.manifest.columns)
  for await (const trial of run.trials()) table.add(observationOf(trial, cluster))
  return armOfManifest(run.manifest, table, name)
}

/** The arm of a run whose cells are counted already. */
export function armOfManifest(manifest: Manifest, table: ScoreTable, name = manifest.id): Arm {
  const { graders } = manifest
  return {
    about: {
      name,
      kind: 'run',
      runId: manifest.id,
      at: manifest.startedAt,
      ...(manifest.git !== undefined && { commit: manifest.git.commit }),
      replies: true,
    },
    columns: columnsOfManifest(manifest),
    repeat: manifest.repeat,
    versions: manifest.versions,
    suite: { name: manifest.suite.name, hash: manifest.suite.hash },
    ...(graders !== undefined && { graders }),
    table,
  }
}

/**
 * The arm of an accepted baseline. The scores are those of `baseline.json`, which its hash vouches for.
 * @param record the folder `baseline/` beside it, for what the file leaves out: texts of prompts, latencies, costs, outputs, tags
 */
export async function armOfBaseline(
  baseline: Baseline,
  record?: Run,
  { cluster, name = 'baseline.json' }: ArmOptions = {},
): Promise<Arm> {
  const { accepted, suite, run, repeat, versions, graders } = baseline
  const table = new ScoreTable(baseline.columns)
  fillFromBaseline(table, baseline, record === undefined ? new Map() : await recordedCells(record, cluster))
  const recorded = record === undefined ? [] : columnsOfManifest(record.manifest)
  return {
    about: {
      name,
      kind: 'baseline',
      runId: run,
      at: accepted.at,
      ...(accepted.by !== undefined && { by: accepted.by }),
      ...(accepted.commit !== undefined && { commit: accepted.commit }),
      ...(accepted.reason !== undefined && { reason: accepted.reason }),
      replies: baseline.replies,
    },
    columns: baseline.columns.map((column) => ({
      ...recorded.find(({ prompt, provider }) => prompt === column.prompt && provider === column.provider),
      ...column,
    })),
    repeat,
    versions,
    suite,
    ...(graders !== undefined && { graders }),
    table,
  }
}
