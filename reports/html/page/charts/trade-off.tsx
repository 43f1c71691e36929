import type { Analysis } from '../../../../harness/model/analysis.ts'
import type { ReportView } from '../../page-module.ts'
import { counted, duration, percent, usd } from '../../../format/figures.ts'
import { costPer1000 } from '../../../format/spending.ts'
import { anchorAt, tickText } from './axis.tsx'
import { ChartFigure } from './figure.tsx'
import { columnLabel } from './labels.ts'
import { LegendMark, Mark } from './mark.tsx'
import { coordinate, extent, linearScale, logScale, type Scale } from './scale.ts'
import { type Price, tradePoints, type TradePoint } from './trade-off-points.ts'

/** Columns that a chart can hold and still be read. */
const SHOWN = 24
const HEIGHT = 246
/** px of a panel on a phone. */
const NARROW = 330
/** px kept free for labels. */
const INSET = { top: 14, bottom: 40 }

const PRICES: Readonly<Record<Price, { title: string; label: string; format: (value: number) => string }>> = {
  cost: { title: 'Quality and cost', label: 'USD per 1,000 calls', format: usd },
  latency: { title: 'Quality and latency', label: 'latency, median', format: duration },
}

/** Pass rate against cost, and against latency: where each column stands, and where it came from. */
export function TradeOff({ view }: { view: ReportView }) {
  const { analysis } = view.input
  const panels = (['cost', 'latency'] as const)
    .map((price) => ({ price, points: tradePoints(analysis, price).slice(0, SHOWN) }))
    .filter(({ points }) => points.length > 0)
  if (
    panels.length === 0 ||
    (analysis.columns.length < 2 && panels.every(({ points }) => points[0]?.before === undefined))
  )
    return null
  const columns = analysis.columns.slice(0, SHOWN)
  const more = analysis.columns.length - columns.length
  const title = finding(panels[0]?.points ?? [], panels[0]?.price ?? 'cost')
  return (
    <ChartFigure
      id="tradeoff"
      title={title}
      note={`Up is better, left is ${panels.length > 1 ? 'cheaper, or faster' : 'less'}. A ring marks the columns that no other beats on both; an arrow leads from the baseline to this run, where it moved by more than the mark is wide. Repeats are of the same cases: close points may not be told apart.`}
      table={tableOf(analysis, panels, more)}
    >
      <div class="panels">
        {panels.map(({ price, points }) => (
          <Panel key={price} price={price} points={points} />
        ))}
      </div>
      <ol class="legend">
        {columns.map((column, series) => (
          <li key={series}>
            <LegendMark series={series} /> {series + 1} {columnLabel(column)}
          </li>
        ))}
      </ol>
    </ChartFigure>
  )
}

function Panel({ price, points }: { price: Price; points: readonly TradePoint[] }) {
  const { title, label, format } = PRICES[price]
  const prices = points.flatMap((point) => [point.price, point.before?.price ?? point.price])
  const [lo, hi] = extent(prices) ?? [0, 1]
  const isLog = lo > 0 && hi / lo > 5
  const x = isLog
    ? logScale([lo / 1.4, hi * 1.4])
    : linearScale([Math.max(0, lo - (hi - lo || hi) * 0.2), hi + (hi - lo || hi) * 0.2], 4)
  const qualities = points.flatMap((point) => [point.quality, point.before?.quality ?? point.quality])
  const [least, most] = extent(qualities, 0.15) ?? [0, 1]
  const y = linearScale([Math.max(0, least - 0.02), Math.min(1, most + 0.02)], 5)
  return (
    <div
      class="panel"
      role="img"
      aria-label={`${title}: ${counted(points.length, 'column')}; the figures are in the table below.`}
    >
      <p class="chart-group-title">{title}</p>
      <svg class="plot scatter" width="100%" height={HEIGHT} aria-hidden="true">
        <defs>
          <marker
            id={`arrow-${price}`}
            viewBox="0 0 8 8"
            refX="15"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path class="arrow-head" d="M0 0.5L8 4L0 7.5Z" />
          </marker>
        </defs>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1="0" x2="100%" y1={heightOf(y, tick)} y2={heightOf(y, tick)} />
            <text x="0" y={heightOf(y, tick) - 3}>
              {tickText(percent(tick))}
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => {
          const at = placeOf(x, tick)
          return (
            <g key={tick}>
              <line
                class="grid"
                x1={coordinate(at)}
                x2={coordinate(at)}
                y1={INSET.top}
                y2={HEIGHT - INSET.bottom}
              />
              <text x={coordinate(at)} y={HEIGHT - INSET.bottom + 16} text-anchor={anchorAt(at)}>
                {tickText(format(tick))}
              </text>
            </g>
          )
        })}
        <text class="axis-label" x="50%" y={HEIGHT - 6} text-anchor="middle">
          {label}
          {isLog ? ', log axis' : ''}; pass rate upwards
        </text>
        {points.map((point) => (
          <Place key={point.series} point={point} price={price} x={x} y={y} />
        ))}
      </svg>
    </div>
  )
}

interface PlaceProps {
  readonly point: TradePoint
  readonly price: Price
  readonly x: Scale
  readonly y: Scale
}

function Place({ point, price, x, y }: PlaceProps) {
  const at = { x: placeOf(x, point.price), y: heightOf(y, point.quality) }
  const before = point.before && { x: placeOf(x, point.before.price), y: heightOf(y, point.before.quality) }
  const from = before !== undefined && isSeen(before.x - at.x, before.y - at.y) ? before : undefined
  // The number stands where the arrow does not come from.
  const isLeft = from !== undefined && from.x > at.x + 1
  return (
    <g>
      {from !== undefined && (
        <line
          class="arrow"
          x1={coordinate(from.x)}
          y1={from.y}
          x2={coordinate(at.x)}
          y2={at.y}
          marker-end={`url(#arrow-${price})`}
        />
      )}
      {point.onFront && <circle class="front" cx={coordinate(at.x)} cy={at.y} r="8" />}
      <Mark x={at.x} y={at.y} series={point.series} />
      <text
        class="mark-number"
        x={coordinate(at.x)}
        y={at.y + 4}
        dx={isLeft ? -12 : 12}
        text-anchor={isLeft ? 'end' : 'start'}
      >
        {point.series + 1}
      </text>
    </g>
  )
}

/** In percent of the width: the labels of the pass rate stand left of it. */
function placeOf(scale: Scale, value: number): number {
  return 8 + scale.at(value) * 0.88
}

/** True for a move that reaches beyond the mark on the narrowest screen: any smaller an arrow would be its head alone. */
function isSeen(percentOfWidth: number, px: number): boolean {
  return Math.hypot(percentOfWidth * (NARROW / 100), px) > 24
}

function heightOf(scale: Scale, value: number): number {
  const room = HEIGHT - INSET.top - INSET.bottom
  return Number((INSET.top + room * (1 - scale.at(value) / 100)).toFixed(1))
}

function finding(points: readonly TradePoint[], price: Price): string {
  const front = points.filter(({ onFront }) => onFront).toSorted((a, b) => b.quality - a.quality)
  const [best] = front
  // Columns that pass as often for the same share a place on the front.
  const last = front.findLast((point) => point.price !== best?.price) ?? best
  if (best === undefined || last === undefined) return 'Quality, cost and latency'
  const { format } = PRICES[price]
  const per = price === 'cost' ? ' per 1,000 calls' : ''
  const isTied = points.some((one) => one !== best && percent(one.quality) === percent(best.quality))
  const first = `${best.column} passes ${isTied ? 'as often as any' : 'most'}: ${percent(best.quality)} at ${format(best.price)}${per}`
  if (last === best) return `${first}, and no column does so for less.`
  const times = last.price > 0 ? ` (${Number((best.price / last.price).toPrecision(2))}× less)` : ''
  return `${first}; ${last.column} passes ${percent(last.quality)} at ${format(last.price)}${times}.`
}

function tableOf(
  analysis: Analysis,
  panels: readonly { readonly price: Price; readonly points: readonly TradePoint[] }[],
  more: number,
) {
  const rows = analysis.columns.slice(0, SHOWN).map((column, series) => {
    const points = panels.map(({ points }) => points.find((point) => point.series === series))
    const quality = points.find((point) => point?.before !== undefined)?.before?.quality
    const befores = panels.map(({ price }, i) => {
      const value = points[i]?.before?.price
      return value === undefined ? '–' : PRICES[price].format(value)
    })
    const figures = [
      `${series + 1} ${columnLabel(column)}`,
      percent(column.passRate),
      costPer1000(column),
      duration(column.latencyMs.p50),
      quality === undefined ? '–' : percent(quality),
    ]
    return figures.concat(befores, points.some((point) => point?.onFront) ? 'on the front' : '')
  })
  const befores = panels.map(({ price }) => (price === 'cost' ? 'cost before' : 'latency before'))
  return {
    caption: 'Quality, cost and latency of each column',
    head: [
      'column',
      'pass rate',
      'cost per 1,000',
      'latency p50',
      'pass rate before',
      ...befores,
      'not beaten on both',
    ],
    rows,
    note: more > 0 ? `… and ${counted(more, 'more column')} in analysis.json.` : undefined,
  }
}
