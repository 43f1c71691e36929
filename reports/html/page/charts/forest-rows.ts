import type { Bounds, RunComparison } from '../../../../harness/model/comparison.ts'
import type { Verdict } from '../../../../harness/model/verdict.ts'
import { decisionOf } from '../../../format/metric-decision.ts'
import type { Tone } from '../../../format/section.ts'
import { standsOut } from '../../../format/why.ts'
import { columnLabel, label } from './labels.ts'

/** A paired difference, candidate − baseline. */
export interface ForestRow {
  /** `pass`, `tag: critical` */
  readonly label: string
  readonly column: string
  readonly metric: string
  readonly kind: 'gating' | 'informing' | 'slice'
  readonly cases: number
  readonly delta: number
  readonly interval: Bounds
  readonly p: number
  readonly word: string
  readonly tone: Tone | undefined
}

const LISTED = { gating: 40, informing: 12, slices: 12 }

/** What gates, what else was compared, then the slices that moved most; and how many of them were left out. */
export function forestRows(
  comparison: RunComparison,
  verdict: Verdict,
): { readonly rows: readonly ForestRow[]; readonly more: number } {
  const metrics = comparison.metrics.map((metric): ForestRow => {
    const { word, tone } = decisionOf(verdict, metric)
    return {
      label: label(metric.metric),
      column: columnLabel(metric.column),
      metric: label(metric.metric),
      kind: metric.gates ? 'gating' : 'informing',
      cases: metric.cases,
      delta: metric.delta,
      interval: metric.interval,
      p: metric.gates ? metric.pWorseHolm : metric.pWorse,
      word,
      tone,
    }
  })
  const slices = comparison.slices
    .toSorted((a, b) => a.pAdjusted - b.pAdjusted || Math.abs(b.delta) - Math.abs(a.delta))
    .map((slice): ForestRow => ({
      label: label(slice.slice),
      column: columnLabel(slice.column),
      metric: label(slice.metric),
      kind: 'slice',
      cases: slice.cases,
      delta: slice.delta,
      interval: slice.interval,
      p: slice.pAdjusted,
      word: standsOut(slice) ? 'stands out' : 'informs',
      tone: standsOut(slice) ? 'warn' : 'quiet',
    }))
  const gating = metrics.filter(({ kind }) => kind === 'gating')
  const informing = metrics.filter(({ kind }) => kind === 'informing').toSorted(byTelling)
  const rows = [
    ...gating.slice(0, LISTED.gating),
    ...informing.slice(0, LISTED.informing),
    ...slices.slice(0, LISTED.slices),
  ]
  return { rows, more: gating.length + informing.length + slices.length - rows.length }
}

/** Pass rates first, then what moved most. */
function byTelling(a: ForestRow, b: ForestRow): number {
  return Number(b.metric === 'pass') - Number(a.metric === 'pass') || Math.abs(b.delta) - Math.abs(a.delta)
}

/** Bounds that hold every interval, zero and the margin, the same on both sides of zero. */
export function forestDomain(rows: readonly ForestRow[], margin: number | null): [number, number] {
  const sizes = rows.flatMap(({ interval, delta }) => [...interval, delta]).filter(Number.isFinite)
  const most = Math.max(0.02, margin ?? 0, ...sizes.map(Math.abs))
  return [-most * 1.05, most * 1.05]
}
