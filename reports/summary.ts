import type { Analysis, ColumnAnalysis, Interval, Spending } from '../harness/model/analysis.ts'
import type { MetricComparison, RunComparison } from '../harness/model/comparison.ts'
import type { Incomplete } from '../harness/model/incomplete.ts'
import type { ReportInput } from '../harness/model/report.ts'
import type { Gate, MetricDecision, Verdict } from '../harness/model/verdict.ts'
import { causesIn } from './format/headline.ts'
import { gateOf } from './format/metric-decision.ts'
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
  /** True when a comparison that gates is inconclusive; absent where nothing was compared. */
  readonly inconclusive?: boolean
  /** The run against its baseline, where there is one. */
  readonly comparison?: ComparisonSummary
  readonly calls: Analysis['calls']
  /** USD. */
  readonly spentUsd: Analysis['spentUsd']
  /** Its parts; absent where no call was made. */
  readonly spending?: Spending
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

/** A comparison in figures: differences are candidate − baseline, of rates and scores in [0, 1]. */
export interface ComparisonSummary {
  readonly baseline: Pick<RunComparison['baseline'], 'name' | 'runId' | 'at'>
  /** Shared cases, and repeats of a case that are compared. */
  readonly cases: number
  readonly repeats: number
  readonly margin: number | null
  readonly metrics: readonly MetricSummary[]
  readonly flips: RunComparison['flipCounts']
  /** Cases that broke outright, and stayed broken when they were run again. */
  readonly broken: number
}

interface MetricSummary extends Pick<
  MetricComparison,
  | 'metric'
  | 'column'
  | 'against'
  | 'gates'
  | 'cases'
  | 'repeats'
  | 'base'
  | 'candidate'
  | 'delta'
  | 'interval'
  | 'pWorse'
  | 'pBetter'
  | 'pWorseHolm'
  | 'pBetterHolm'
> {
  /** Absent for what only informs. */
  readonly decision?: MetricDecision
  readonly signal?: 'leaning_worse' | 'no_signal'
}

/** One column in figures: rates in [0, 1], times in milliseconds, money in USD. */
export interface ColumnSummary extends Pick<
  ColumnAnalysis,
  | 'prompt'
  | 'provider'
  | 'cases'
  | 'repeats'
  | 'passRate'
  | 'feedback'
  | 'costUsd'
  | 'costPer1000Usd'
  | 'tokens'
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
    ...(verdict.inconclusive !== undefined && { inconclusive: verdict.inconclusive }),
    ...(analysis.comparison && { comparison: summarizeComparison(analysis.comparison, verdict) }),
    calls: analysis.calls,
    spentUsd: analysis.spentUsd,
    ...(analysis.spending && { spending: analysis.spending }),
    ...(incomplete !== undefined && { incomplete }),
    ...(notices.length > 0 ? { notices } : {}),
  }
}

function summarizeMissing(input: ReportInput): IncompleteSummary | undefined {
  const [first, ...others] = causesIn(input)
  if (first === undefined) return undefined
  const resume = first.cause === 'decided' && others.length === 0 ? undefined : resumeCommand(input.run)
  return { ...first, ...(resume !== undefined && { resume }), ...(others.length > 0 && { others }) }
}

export function summarizeColumn(column: ColumnAnalysis): ColumnSummary {
  const { prompt, provider, cases, repeats, passRate, interval, latencyMs, costUsd, costPer1000Usd } = column
  const { firstTry, feedback, tokens } = column
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
    tokens,
  }
}

function summarizeComparison(comparison: RunComparison, verdict: Verdict): ComparisonSummary {
  const { baseline, pairing, margin, metrics, flipCounts, broken } = comparison
  return {
    baseline: { name: baseline.name, runId: baseline.runId, at: baseline.at },
    cases: pairing.sharedCases,
    repeats: Math.max(0, ...metrics.map(({ repeats }) => repeats)),
    margin,
    metrics: metrics.map((metric) => summarizeMetric(metric, verdict)),
    flips: flipCounts,
    broken: broken.filter(({ status }) => status === 'confirmed').length,
  }
}

function summarizeMetric(of: MetricComparison, verdict: Verdict): MetricSummary {
  const { comparison, signal } = gateOf(verdict, of) ?? {}
  return {
    metric: of.metric,
    column: of.column,
    against: of.against,
    gates: of.gates,
    ...(comparison !== undefined && { decision: comparison }),
    ...(signal !== undefined && { signal }),
    cases: of.cases,
    repeats: of.repeats,
    base: of.base,
    candidate: of.candidate,
    delta: of.delta,
    interval: of.interval,
    pWorse: of.pWorse,
    pBetter: of.pBetter,
    pWorseHolm: of.pWorseHolm,
    pBetterHolm: of.pBetterHolm,
  }
}

function bounds(interval: Interval | null): ColumnSummary['interval'] {
  return interval === null ? null : [interval.lo, interval.hi]
}
