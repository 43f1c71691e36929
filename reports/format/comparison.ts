import { columnName, type MetricComparison, type RunComparison } from '../../harness/model/comparison.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { count, counted, metricValue, percent } from './figures.ts'
import { decisionOf } from './metric-decision.ts'
import { points, pValue, signed, signedRange, sizeOf } from './points.ts'
import type { Tone } from './section.ts'

/** One comparison of a metric, in figures that are ready to show. */
export interface ComparisonRow {
  readonly column: string
  /** What it is compared with, where that goes by another name. */
  readonly against: string | undefined
  readonly metric: string
  readonly gates: boolean
  /** `156 cases × 3` */
  readonly size: string
  /** `81.4% → 73.4%` */
  readonly means: string
  /** In points, with its sign. */
  readonly difference: string
  readonly interval: string
  /** One-sided, that it got worse; after Holm where it gates. */
  readonly p: string
  readonly word: string
  readonly tone: Tone | undefined
}

/** A comparison's rows, and how many that only inform were left out. */
export interface ComparisonRows {
  readonly rows: readonly ComparisonRow[]
  readonly more: number
}

/** Every gating comparison of the run, and the first few that inform; a column's rows follow each other. */
export function comparisonRows(
  { analysis, verdict }: ReportInput,
  limit: { readonly gating: number; readonly informing: number },
): ComparisonRows {
  const metrics = analysis.comparison?.metrics ?? []
  const gating = metrics.filter(({ gates }) => gates).slice(0, limit.gating)
  const informing = metrics.filter(isTelling).slice(0, limit.informing)
  const shown = new Set([...gating, ...informing])
  const columns = new Map<string, MetricComparison[]>()
  for (const metric of shown) {
    const key = JSON.stringify([columnName(metric.column), columnName(metric.against)])
    columns.set(key, [...(columns.get(key) ?? []), metric])
  }
  const rows = [...columns.values()].flat().map((metric): ComparisonRow => {
    const { word, tone } = decisionOf(verdict, metric)
    const [column, against] = [columnName(metric.column), columnName(metric.against)]
    return {
      column,
      against: against === column ? undefined : against,
      metric: metric.metric,
      gates: metric.gates,
      size: sizeOf(metric.cases, metric.repeats),
      means: meansOf(metric),
      difference: signed(metric.delta),
      interval: signedRange(metric.interval),
      p: pValue(metric.gates ? metric.pWorseHolm : metric.pWorse),
      word,
      tone,
    }
  })
  return { rows, more: metrics.length - shown.size }
}

/** Of what only informs: the pass rate, and what seems to have got worse. */
function isTelling({ gates, metric, pWorse }: MetricComparison): boolean {
  return !gates && (metric === 'pass' || pWorse <= 0.025)
}

/** `95% interval` */
export function intervalTitle({ alpha }: RunComparison): string {
  return `${Number(((1 - alpha) * 100).toFixed(1))}% interval`
}

/** A title of two parts: the second is a name, and empty where the run is compared with itself. */
export function comparisonTitle({ run, analysis }: ReportInput): readonly [title: string, name: string] {
  const { comparison } = analysis
  if (comparison === undefined) return ['', '']
  if (isWithin(comparison, run.manifest.id)) return ['Against another column of this run', '']
  return ['Against the baseline', comparison.baseline.name]
}

/** What stands over a pair of means. */
export function fromTo({ run, analysis: { comparison } }: ReportInput): string {
  const isOwn = comparison !== undefined && isWithin(comparison, run.manifest.id)
  return isOwn ? 'other column → column' : 'baseline → run'
}

/** True where `gate.against` names a column of the run, and there is no baseline. */
export function isWithin({ baseline, pairing }: RunComparison, runId: string): boolean {
  const isOwn = baseline.kind === 'run' && baseline.runId === runId
  return isOwn && pairing.columns.every(({ by }) => by === 'against')
}

/** What the run is compared with, and over how much. */
export function baselineLines(input: ReportInput): string[] {
  return [...originLines(input), ...pairingLines(input)]
}

/** Where the baseline is from: who accepted it, when and why. Nothing where it is a column of the run itself. */
export function originLines({ run, analysis }: ReportInput): string[] {
  const { comparison } = analysis
  if (comparison === undefined || isWithin(comparison, run.manifest.id)) return []
  const { baseline } = comparison
  const isOwn = baseline.runId === run.manifest.id
  const accepted = baseline.kind === 'baseline' ? 'accepted ' : 'of '
  const by = baseline.by === undefined ? '' : ` by ${withoutAddress(baseline.by)}`
  const parts = [
    `run ${baseline.runId}`,
    `${accepted}${day(baseline.at)}${by}${age(baseline.at, run.manifest.startedAt)}`,
    ...(baseline.commit === undefined ? [] : [`commit ${baseline.commit.slice(0, 12)}`]),
  ]
  return [
    parts.join(' · '),
    ...(isOwn
      ? [
          `This is the run ${baseline.kind === 'run' ? 'itself' : 'that was accepted: it is compared with itself'}.`,
        ]
      : []),
    ...(baseline.reason === undefined ? [] : [`Accepted because: ${baseline.reason}`]),
  ]
}

/** Over how many cases and repeats the run is compared, and what of it could not be. */
export function pairingLines({ analysis: { comparison } }: Pick<ReportInput, 'analysis'>): string[] {
  return comparison === undefined ? [] : [pairingLine(comparison), ...pairingNotes(comparison)]
}

function pairingLine({ pairing, metrics, margin, cluster, looks, errors }: RunComparison): string {
  const repeats = Math.max(1, ...metrics.map((metric) => metric.repeats))
  const units = metrics.find(({ gates }) => gates) ?? metrics[0]
  const alone = [
    ...(pairing.onlyCandidate > 0 ? [`${count(pairing.onlyCandidate)} only in this run`] : []),
    ...(pairing.onlyBase > 0 ? [`${count(pairing.onlyBase)} only in the baseline`] : []),
  ]
  return [
    `${counted(pairing.sharedCases, 'case')} shared${alone.length > 0 ? ` (${alone.join(', ')})` : ''}`,
    repeats > 1 ? counted(repeats, 'repeat') : 'run once',
    margin === null ? 'no margin for "no worse"' : `margin ${points(margin)}`,
    ...(cluster === undefined || units === undefined
      ? []
      : [`${counted(units.units, 'unit')} by ${cluster}`]),
    ...(looks > 1 ? [`${count(looks)} looks at the data`] : []),
    ...(errors.base > 0 || errors.candidate > 0
      ? [`errored ${percent(errors.candidate)}, in the baseline ${percent(errors.base)}`]
      : []),
  ].join(' · ')
}

function pairingNotes({ pairing, baseline }: RunComparison): string[] {
  const { changedCases, reverified, notReverified, unpaired } = pairing
  const listed = unpaired.slice(0, 5).map(columnName)
  const more =
    unpaired.length > listed.length ? ` and ${counted(unpaired.length - listed.length, 'more')}` : ''
  return [
    ...(changedCases > 0
      ? [
          `${counted(changedCases, 'shared case')} changed since: the baseline’s replies to ${count(reverified)} were checked again, ${count(notReverified)} left out.`,
        ]
      : []),
    ...(listed.length > 0 ? [`The baseline has nothing like ${listed.join(', ')}${more}.`] : []),
    ...(baseline.replies ? [] : ['The baseline holds no replies, so outputs cannot be compared.']),
  ]
}

/** `Ann Example` of `Ann Example <ann@example.org>`: the address is in the baseline's file. */
function withoutAddress(by: string): string {
  return by.replace(/ *<[^<>]*>$/, '') || by
}

/** `2026-11-20`; a text that is no time is shown as it is. */
function day(iso: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(iso) ? iso.slice(0, 10) : iso
}

/** The age when the run began: of the record alone, so that a report is the same whenever it is written. */
function age(at: string, startedAt: string): string {
  const days = (Date.parse(startedAt) - Date.parse(at)) / 86_400_000
  if (!Number.isFinite(days) || days < 0) return ''
  return days < 1 ? ', less than a day before' : `, ${counted(Math.floor(days), 'day')} before`
}

function meansOf({ metric, base, candidate }: MetricComparison): string {
  return `${metricValue(metric, base.mean)} → ${metricValue(metric, candidate.mean)}`
}
