import { partsOf } from '../baseline/refusals.ts'
import type { Analysis, ColumnAnalysis } from '../model/analysis.ts'
import { columnName } from '../model/column-name.ts'
import type { HistoryColumn, HistoryEntry } from '../model/history.ts'
import type { Manifest } from '../model/run.ts'
import type { Verdict } from '../model/verdict.ts'

/** The parts of a run's files that its history keeps. */
export interface RunFigures {
  readonly manifest: Manifest
  readonly analysis: Pick<Analysis, 'cells' | 'columns' | 'spentUsd'>
  readonly verdict: Pick<Verdict, 'decision' | 'exitCode'>
}

/**
 * A run as its history keeps it.
 * @param dir its folder's name, within the suite's
 */
export function entryOf(dir: string, { manifest, analysis, verdict }: RunFigures): HistoryEntry {
  const { passed, failed, errored, planned, absent } = analysis.cells
  const { git } = manifest
  return {
    id: manifest.id,
    dir,
    at: manifest.startedAt,
    decision: verdict.decision,
    exitCode: verdict.exitCode,
    suiteHash: manifest.suite.hash,
    ...(git !== undefined && { commit: git.dirty ? `${git.commit}-dirty` : git.commit }),
    ...(git?.branch !== undefined && { branch: git.branch }),
    isWhole: isWhole(manifest, analysis.cells),
    cells: { planned, passed, failed, errored, absent },
    spentUsd: analysis.spentUsd,
    columns: columnsOf(manifest, analysis.columns),
  }
}

/** False for a part of the suite, for replies that were checked again, and for what was cut short. Repeats leave no case out. */
function isWhole(manifest: Manifest, { absent, planned }: Analysis['cells']): boolean {
  const { verifies, endedAt, interrupted, options } = manifest
  if (verifies !== undefined || endedAt === undefined || interrupted === true) return false
  return absent === 0 && planned > 0 && (options === undefined || partsOf(options.selection).length === 0)
}

/** The run's own columns: those of a baseline that were run beside them are no part of the suite. */
function columnsOf(manifest: Manifest, columns: readonly ColumnAnalysis[]): HistoryColumn[] {
  const own = manifest.columns.filter(({ baseline }) => baseline === undefined)
  const hashes = new Map(own.map((column) => [columnName(column), column.hash]))
  return columns.flatMap((column) => {
    const hash = hashes.get(columnName(column))
    return hash === undefined ? [] : [historyColumn(column, hash)]
  })
}

function historyColumn(column: ColumnAnalysis, hash: string): HistoryColumn {
  const { prompt, provider, cells, passed, failed, refused, tokens, costPer1000Usd } = column
  const scored = passed + failed
  return {
    prompt,
    provider,
    hash,
    scored,
    replayed: column.replayed ?? 0,
    quality: column.passRate,
    interval: column.interval,
    latency: column.latencyMs.p50,
    cost: costPer1000Usd === 'unknown' ? null : costPer1000Usd / 1000,
    refusal: refused === undefined || cells === 0 ? null : refused / cells,
    // Replies that told no count make the sum too low.
    length: scored === 0 || tokens.uncounted !== undefined ? null : tokens.output / scored,
  }
}
