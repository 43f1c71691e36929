import type { Analysis, ColumnAnalysis, Interval } from '../harness/model/analysis.ts'
import type { Incomplete } from '../harness/model/incomplete.ts'
import type { ReportInput } from '../harness/model/report.ts'
import type { Gate, Verdict } from '../harness/model/verdict.ts'
import { causesIn } from './format/headline.ts'
import { noticesOf } from './format/notices.ts'
import { resumeCommand } from './format/resume-command.ts'

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
  /** Present when planned cells are missing: the cause of most of them. What was finished is on record. */
  readonly incomplete?: IncompleteSummary
  /** What a reader of the figures must be told. */
  readonly notices?: readonly string[]
}

export interface IncompleteSummary extends Incomplete {
  /** The command that finishes the run; absent where its replies are another run's. */
  readonly resume?: string
  readonly others?: readonly Incomplete[]
}

/** One column in figures: rates in [0, 1], times in milliseconds, money in USD. */
export interface ColumnSummary extends Pick<
  ColumnAnalysis,
  'prompt' | 'provider' | 'cases' | 'repeats' | 'passRate' | 'feedback' | 'costUsd' | 'costPer1000Usd'
> {
  readonly interval: readonly [lo: number, hi: number] | null
  /** Present where feedback was given: `passRate` is then that of the last round. */
  readonly firstTry?: Pick<ColumnSummary, 'passRate' | 'interval'>
  readonly latencyMs: { readonly p50: number | null; readonly p95: number | null }
  /** Median time to the first token. */
  readonly ttftMs: number | null
}

export function summarize(input: ReportInput): Summary {
  const { run, analysis, verdict } = input
  const { planned, finished, passed, failed, errored, absent } = analysis.cells
  const notices = noticesOf(run.manifest)
  const incomplete = summarizeMissing(input)
  return {
    v: 1,
    run: { id: run.manifest.id, dir: run.dir },
    decision: verdict.decision,
    exitCode: run.manifest.interrupted === true ? 130 : verdict.exitCode,
    cells: { planned, finished, passed, failed, errored, absent },
    columns: analysis.columns.map(summarizeColumn),
    gates: verdict.gates,
    calls: analysis.calls,
    spentUsd: analysis.spentUsd,
    ...(incomplete !== undefined && { incomplete }),
    ...(notices.length > 0 ? { notices } : {}),
  }
}

function summarizeMissing(input: ReportInput): IncompleteSummary | undefined {
  const [first, ...others] = causesIn(input)
  if (first === undefined) return undefined
  const resume = resumeCommand(input.run)
  return { ...first, ...(resume !== undefined && { resume }), ...(others.length > 0 && { others }) }
}

function summarizeColumn(column: ColumnAnalysis): ColumnSummary {
  const { prompt, provider, cases, repeats, passRate, interval, latencyMs, costUsd, costPer1000Usd } = column
  const { firstTry, feedback } = column
  return {
    prompt,
    provider,
    cases,
    repeats,
    passRate,
    interval: bounds(interval),
    ...(firstTry && { firstTry: { passRate: firstTry.passRate, interval: bounds(firstTry.interval) } }),
    ...(feedback && { feedback }),
    latencyMs: { p50: latencyMs.p50, p95: latencyMs.p95 },
    ttftMs: column.ttftMs.p50,
    costUsd,
    costPer1000Usd,
  }
}

function bounds(interval: Interval | null): ColumnSummary['interval'] {
  return interval === null ? null : [interval.lo, interval.hi]
}
