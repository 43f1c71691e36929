import type { Arm } from '../analyze/paired/arm.ts'
import type { CaseInfo } from '../analyze/paired/observation.ts'
import type { Baseline, BaselineCase, BaselineScores } from '../model/baseline.ts'
import type { ColumnName } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import type { Manifest } from '../model/run.ts'
import type { Redactor } from '../record/redact.ts'
import { hashOf } from './format.ts'

interface BaselineOptions {
  readonly manifest: Manifest
  readonly margin: number | null
  readonly accepted: Baseline['accepted']
  /** False where the replies are left out. */
  readonly replies: boolean
  readonly redact: Redactor
}

/** What a run comes to as a baseline: without secrets, sorted, and with its hash. */
export function baselineOf(arm: Arm, options: BaselineOptions): Baseline {
  const { manifest, margin, accepted, replies, redact } = options
  const { graders } = manifest
  const content: Omit<Baseline, 'hash' | 'v'> = {
    suite: { name: manifest.suite.name, hash: manifest.suite.hash },
    run: manifest.id,
    accepted,
    margin,
    repeat: manifest.repeat,
    versions: sorted(manifest.versions),
    columns: arm.columns.map(({ prompt, provider, hash, promptHash, configHash }) => ({
      prompt,
      provider,
      hash,
      promptHash,
      configHash,
    })),
    ...(graders !== undefined && {
      graders: [...graders].sort(byId).map(({ id, hash }) => ({ id, hash })),
    }),
    replies,
    cases: arm.table.cases.map((info) => caseOf(arm, info)),
  }
  // Hashed as it will be read: without secrets.
  const clean = JSON.parse(redact(JSON.stringify(content))) as typeof content
  return { v: 1, hash: hashOf({ v: 1, ...clean }), ...clean }
}

function caseOf({ table, columns }: Arm, info: CaseInfo): BaselineCase {
  const scores: [string, BaselineScores][] = []
  const errored: [string, number][] = []
  for (const column of columns) {
    const count = table.errored(column, info.id)
    if (count > 0) errored.push([columnName(column), count])
    const own = scoresOf(table, column, info.id)
    if (own !== undefined) scores.push([columnName(column), own])
  }
  return {
    id: info.id,
    ...(info.description !== undefined && { description: info.description }),
    scores: sorted(Object.fromEntries(scores)),
    ...(errored.length > 0 && { errored: sorted(Object.fromEntries(errored)) }),
    ...(info.varsHash !== undefined && { varsHash: info.varsHash }),
    checksHash: info.checksHash,
  }
}

/** Undefined for a column that scored no repeat of the case. */
function scoresOf(table: Arm['table'], column: ColumnName, caseId: string): BaselineScores | undefined {
  const metrics = table.metrics(column).flatMap((metric) => {
    const scores = table.scores(column, metric, caseId)
    return scores.length === 0 ? [] : [[metric, scores] as const]
  })
  return metrics.length === 0 ? undefined : sorted(Object.fromEntries(metrics))
}

function sorted<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}
