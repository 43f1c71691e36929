import { columnName } from '../../../../harness/model/comparison.ts'
import type { ReportView } from '../../page-module.ts'
import { count, counted } from '../../../format/figures.ts'
import { differenceSentence } from '../../../format/difference-sentence.ts'
import { intervalTitle } from '../../../format/comparison.ts'
import { plainPoints, points, pValue, signed, signedRange } from '../../../format/points.ts'
import { AxisRow, GridLines, ROW } from './axis.tsx'
import { ChartFigure } from './figure.tsx'
import { forestDomain, type ForestRow, forestRows } from './forest-rows.ts'
import { columnLabel, label } from './labels.ts'
import { Mark } from './mark.tsx'
import { coordinate, linearScale, type Scale } from './scale.ts'

const GROUPS = [
  ['gating', 'What gates'],
  ['informing', 'What informs'],
  ['slice', 'Slices that moved most'],
] as const

/** Paired differences with their intervals, the margin and zero drawn through all of them. */
export function Forest({ view }: { view: ReportView }) {
  const { analysis, verdict } = view.input
  const { comparison } = analysis
  if (comparison === undefined || comparison.metrics.length === 0) return null
  const { rows, more } = forestRows(comparison, verdict)
  const scale = linearScale(forestDomain(rows, comparison.margin), 6)
  const table = {
    caption: 'Paired differences, run − baseline',
    head: ['metric or slice', 'column', 'cases', 'points', intervalTitle(comparison), 'p worse', 'says'],
    rows: rows.map((row) => [
      row.kind === 'slice' ? `${row.label} (${row.metric})` : row.label,
      row.column,
      count(row.cases),
      signed(row.delta),
      signedRange(row.interval),
      pValue(row.p),
      row.word,
    ]),
    note: more > 0 ? `… and ${counted(more, 'more difference')} in analysis.json.` : undefined,
  }
  const margin =
    comparison.margin === null ? '' : ` The dashed line is the margin: “no worse” is to stay right of it.`
  return (
    <ChartFigure
      id="forest"
      title={finding(view)}
      note={`Differences in points, run − baseline, with the ${intervalTitle(comparison)}; left is worse. Slices are many looks at the same cases: they show where to read, and decide nothing.${margin}`}
      table={table}
    >
      <div class="forest" role="img" aria-label={`${finding(view)} The figures are in the table below.`}>
        {GROUPS.map(([kind, title]) => {
          const group = rows.filter((row) => row.kind === kind)
          if (group.length === 0) return null
          const moved = group.filter(isDrawn)
          const shared = kind === 'slice' ? sharedName(group) : undefined
          return (
            <div key={kind} class="chart-group">
              <p class="chart-group-title">
                {title}
                {shared !== undefined && `: ${shared}`}
              </p>
              {moved.map((row, i) => (
                <Row
                  key={i}
                  row={row}
                  isNamed={shared === undefined}
                  scale={scale}
                  margin={comparison.margin}
                />
              ))}
              {moved.length < group.length && (
                <p class="quiet">{count(group.length - moved.length)} more did not move at all.</p>
              )}
            </div>
          )
        })}
        <div class="chart-row axis-row">
          <span />
          <AxisRow
            scale={scale}
            format={(value) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${plainPoints(value)}`}
            label="points, run − baseline"
          />
          <span />
        </div>
      </div>
    </ChartFigure>
  )
}

/** Of what only informs and is no pass rate, what did not move is in the table alone. */
function isDrawn({ kind, metric, delta }: ForestRow): boolean {
  return kind !== 'informing' || metric === 'pass' || delta !== 0
}

/** What all slices are slices of, where that is one metric of one column: it is said once. */
function sharedName(rows: readonly ForestRow[]): string | undefined {
  const names = new Set(rows.map(({ metric, column }) => `${metric} in ${column}`))
  return names.size === 1 ? [...names][0] : undefined
}

interface RowProps {
  readonly row: ForestRow
  /** False where the title of the group says whose it is. */
  readonly isNamed: boolean
  readonly scale: Scale
  readonly margin: number | null
}

function Row({ row, isNamed, scale, margin }: RowProps) {
  const { kind, tone = '', interval, delta } = row
  const [zero, limit, lo, hi] = [0, -(margin ?? 0), ...interval].map((value) => coordinate(scale.at(value)))
  return (
    <div class={`chart-row ${kind} ${tone}`.trimEnd()}>
      <span class="chart-label">
        <b>{kind === 'slice' && isNamed ? `${row.label}, ${row.metric}` : row.label}</b>{' '}
        {isNamed && <span class="quiet">{row.column}</span>}
      </span>
      <svg class="plot" width="100%" height={ROW} aria-hidden="true">
        <GridLines scale={scale} />
        <line class="zero" x1={zero} x2={zero} y1="0" y2="100%" />
        {margin !== null && <line class="margin" x1={limit} x2={limit} y1="0" y2="100%" />}
        <line class="interval" x1={lo} x2={hi} y1="50%" y2="50%" />
        <Mark x={scale.at(delta)} y="50%" series={kind === 'slice' ? 3 : kind === 'gating' ? 1 : 0} />
      </svg>
      <span class="chart-figure pair">
        <span>{signed(delta)}</span> <span class="quiet">{signedRange(interval)}</span>
      </span>
    </div>
  )
}

/** The gating difference that matters most: a regression first, else the largest drop. */
function finding({ input: { analysis, verdict } }: ReportView): string {
  const metrics = analysis.comparison?.metrics ?? []
  const gating = metrics.filter(({ gates }) => gates)
  const candidates = gating.length > 0 ? gating : metrics
  const isRegression = (metric: (typeof metrics)[number]): boolean =>
    verdict.gates.some(
      (gate) =>
        gate.comparison === 'regression' &&
        gate.metric === metric.metric &&
        gate.column === columnName(metric.column),
    )
  const [worst] = candidates.toSorted(
    (a, b) => Number(isRegression(b)) - Number(isRegression(a)) || a.delta - b.delta,
  )
  if (worst === undefined) return 'No metric could be compared.'
  const margin = analysis.comparison?.margin
  const ruled =
    worst.guard !== null && margin !== null && margin !== undefined && worst.guard.lower > -margin
      ? ` Drops over ${points(margin)} are ruled out.`
      : ''
  return `${columnLabel(worst.column)}: ${differenceSentence({ ...worst, metric: label(worst.metric) })}${ruled}`
}
