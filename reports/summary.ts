import type { Analysis, ColumnAnalysis } from '../harness/model/analysis.ts'
import type { ReportInput } from '../harness/model/report.ts'
import type { Gate, Verdict } from '../harness/model/verdict.ts'
import { noticesOf } from './format/notices.ts'

/** What `--json` prints: the whole of a run's outcome for a machine. */
export interface Summary {
  readonly v: 1
  readonly run: { readonly id: string; readonly dir: string }
  readonly decision: Verdict['decision']
  readonly exitCode: Verdict['exitCode'] | 130
  readonly cells: Analysis['cells']
  readonly columns: readonly ColumnSummary[]
  readonly gates: readonly Gate[]
  readonly calls: Analysis['calls']
  /** USD. */
  readonly spentUsd: number | 'unknown'
  /** Present when planned cells are missing or the run was interrupted: what was finished is on record. */
  readonly incomplete?: true
  /** What a reader of the figures must be told. */
  readonly notices?: readonly string[]
}

/** One column in figures: rates in [0, 1], times in milliseconds, money in USD. */
export interface ColumnSummary extends Pick<
  ColumnAnalysis,
  'prompt' | 'provider' | 'cases' | 'repeats' | 'passRate' | 'costUsd' | 'costPer1000Usd'
> {
  readonly interval: readonly [lo: number, hi: number] | null
  readonly latencyMs: { readonly p50: number | null; readonly p95: number | null }
  /** Median time to the first token. */
  readonly ttftMs: number | null
}

export function summarize({ run, analysis, verdict }: ReportInput): Summary {
  const { planned, finished, passed, failed, errored, absent } = analysis.cells
  const notices = noticesOf(run.manifest)
  const interrupted = run.manifest.interrupted === true
  return {
    v: 1,
    run: { id: run.manifest.id, dir: run.dir },
    decision: verdict.decision,
    exitCode: interrupted ? 130 : verdict.exitCode,
    cells: { planned, finished, passed, failed, errored, absent },
    columns: analysis.columns.map(summarizeColumn),
    gates: verdict.gates,
    calls: analysis.calls,
    spentUsd: analysis.spentUsd,
    ...(interrupted || absent > 0 ? { incomplete: true } : {}),
    ...(notices.length > 0 ? { notices } : {}),
  }
}

function summarizeColumn(column: ColumnAnalysis): ColumnSummary {
  const { prompt, provider, cases, repeats, passRate, interval, latencyMs, costUsd, costPer1000Usd } = column
  return {
    prompt,
    provider,
    cases,
    repeats,
    passRate,
    interval: interval === null ? null : [interval.lo, interval.hi],
    latencyMs: { p50: latencyMs.p50, p95: latencyMs.p95 },
    ttftMs: column.ttftMs.p50,
    costUsd,
    costPer1000Usd,
  }
}
