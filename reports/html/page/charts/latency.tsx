import { isSameColumn } from '../../../../harness/model/comparison.ts'
import type { Gate } from '../../../../harness/model/verdict.ts'
import type { LatencyHistogram } from '../../data/cell-figures.ts'
import type { ReportView } from '../../page-module.ts'
import { count, counted, duration } from '../../../format/figures.ts'
import { AxisRow, GridLines } from './axis.tsx'
import { ChartFigure } from './figure.tsx'
import { columnLabel, label } from './labels.ts'
import { coordinate, logScale, type Scale } from './scale.ts'

const SHOWN = 12
const LISTED = 100
const HEIGHT = 46
const MIDDLE = 30

/** How long fresh replies took, column by column on one log axis, with what the gate allows. */
export function LatencyDistribution({ view }: { view: ReportView }) {
  const { latency } = view.figures
  const own = latency.filter(({ arm, n }) => arm === 'run' && n > 0)
  const [first] = own
  if (first === undefined) return null
  const limit = view.input.verdict.gates.find(isLimit)
  const limitMs = typeof limit?.threshold === 'number' ? limit.threshold : undefined
  const shown = own.slice(0, SHOWN)
  const before = (of: LatencyHistogram): LatencyHistogram | undefined =>
    latency.find(({ arm, column, n }) => arm === 'baseline' && n > 0 && isSameColumn(column, of.column))
  const drawn = shown.flatMap((one) => [
    one,
    ...(before(one) === undefined ? [] : [before(one) as LatencyHistogram]),
  ])
  const bounds = drawn.flatMap((one) => usedBounds(one))
  const lo = Math.min(...bounds, limitMs ?? Infinity)
  const hi = Math.max(...bounds, limitMs ?? 0)
  const scale = logScale([Math.max(lo, 0.01), Math.max(hi, 0.02)])
  return (
    <ChartFigure
      id="latency"
      title={finding(first, own, limit)}
      note={`Fresh first replies, queueing and backoff left out; bars count replies, the upright lines are p50 and, dotted, p95.${drawn.length > shown.length ? ' Below the axis, hollow: the baseline.' : ''}${limitMs === undefined ? '' : ' The dashed line is the limit on p95.'}`}
      table={{
        caption: 'Latency of fresh first replies',
        head: ['column', 'replies', 'p50', 'p95', 'p50 before', 'p95 before'],
        rows: own.slice(0, LISTED).map((one) => {
          const then = before(one)
          return [
            columnLabel(one.column),
            count(one.n),
            duration(one.p50),
            duration(one.p95),
            duration(then?.p50 ?? null),
            duration(then?.p95 ?? null),
          ]
        }),
        note: notes(own.length),
      }}
    >
      <div
        class="latency"
        role="img"
        aria-label={`${finding(first, own, limit)} The figures are in the table below.`}
      >
        {shown.map((one, i) => (
          <div key={i} class="chart-row">
            <span class="chart-label">{columnLabel(one.column)}</span>
            <Strip of={one} before={before(one)} scale={scale} limitMs={limitMs} />
            <span class="chart-figure">
              p50 {duration(one.p50)} <span class="quiet">p95 {duration(one.p95)}</span>
            </span>
          </div>
        ))}
        <div class="chart-row axis-row">
          <span />
          <AxisRow scale={scale} format={duration} label="latency, log axis" />
          <span />
        </div>
      </div>
    </ChartFigure>
  )
}

function notes(columns: number): string | undefined {
  if (columns > LISTED) return `… and ${counted(columns - LISTED, 'more column')} in analysis.json.`
  return columns > SHOWN ? `${counted(columns - SHOWN, 'column')} only in this table.` : undefined
}

interface StripProps {
  readonly of: LatencyHistogram
  readonly before: LatencyHistogram | undefined
  readonly scale: Scale
  readonly limitMs: number | undefined
}

function Strip({ of, before, scale, limitMs }: StripProps) {
  return (
    <svg class="plot" width="100%" height={HEIGHT} aria-hidden="true">
      <GridLines scale={scale} />
      <Bars of={of} scale={scale} up />
      {before !== undefined && <Bars of={before} scale={scale} up={false} />}
      <line class="zero" x1="0" x2="100%" y1={MIDDLE} y2={MIDDLE} />
      {[of.p50, of.p95].map((ms, i) => (
        <line
          key={i}
          class={`quantile p${i === 0 ? '50' : '95'}`}
          x1={coordinate(scale.at(ms))}
          x2={coordinate(scale.at(ms))}
          y1="2"
          y2={MIDDLE}
        />
      ))}
      {limitMs !== undefined && (
        <line
          class="margin"
          x1={coordinate(scale.at(limitMs))}
          x2={coordinate(scale.at(limitMs))}
          y1="0"
          y2={HEIGHT}
        />
      )}
    </svg>
  )
}

function Bars({ of, scale, up }: { of: LatencyHistogram; scale: Scale; up: boolean }) {
  const most = Math.max(1, ...of.counts)
  const room = up ? MIDDLE - 4 : HEIGHT - MIDDLE - 2
  return (
    <>
      {of.counts.map((n, i) => {
        const [from, to] = [of.bounds[i], of.bounds[i + 1]]
        if (n === 0 || from === undefined || to === undefined) return null
        const height = Math.max(1, (n / most) * room)
        return (
          <rect
            key={i}
            class={up ? 'bar' : 'bar before'}
            x={coordinate(scale.at(from))}
            width={coordinate(Math.max(0.2, scale.at(to) - scale.at(from)))}
            y={Number((up ? MIDDLE - height : MIDDLE).toFixed(1))}
            height={Number(height.toFixed(1))}
          />
        )
      })}
    </>
  )
}

/** The bounds of the bins that hold something. */
function usedBounds({ bounds, counts }: LatencyHistogram): number[] {
  const first = counts.findIndex((n) => n > 0)
  const last = counts.findLastIndex((n) => n > 0)
  return bounds.slice(first, last + 2)
}

function isLimit({ metric, figure, threshold }: Gate): boolean {
  return metric.startsWith('latencyMs') && figure === undefined && typeof threshold === 'number'
}

function finding(first: LatencyHistogram, all: readonly LatencyHistogram[], limit: Gate | undefined): string {
  if (limit !== undefined && typeof limit.threshold === 'number' && limit.observed !== null) {
    const held = limit.observed <= limit.threshold
    return `${label(limit.column)}: p95 is ${duration(limit.observed)}, ${held ? 'within' : 'over'} the limit of ${duration(limit.threshold)}.`
  }
  if (all.length === 1)
    return `${columnLabel(first.column)}: half of the replies took under ${duration(first.p50)}, one in twenty over ${duration(first.p95)}.`
  const slowest = all.toSorted((a, b) => b.p95 - a.p95)[0] ?? first
  return `${fastestOf(all)}; the longest tail is ${columnLabel(slowest.column)}’s (p95 ${duration(slowest.p95)}).`
}

/** Columns are as fast as each other where the figures beside them are the same. */
function fastestOf(all: readonly LatencyHistogram[]): string {
  const least = duration(Math.min(...all.map(({ p50 }) => p50)))
  const [fastest, second, ...others] = all.filter(({ p50 }) => duration(p50) === least)
  const said = `(p50 ${least})`
  if (fastest === undefined || second === undefined)
    return `${fastest === undefined ? 'No column' : columnLabel(fastest.column)} is fastest ${said}`
  if (others.length + 2 === all.length) return `All columns are as fast ${said}`
  return others.length > 0
    ? `${count(others.length + 2)} columns are fastest ${said}`
    : `${columnLabel(fastest.column)} and ${columnLabel(second.column)} are fastest ${said}`
}
