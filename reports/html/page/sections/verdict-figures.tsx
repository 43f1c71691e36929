import { type ColumnName, columnName } from '../../../../harness/model/column-name.ts'
import type {
  MetricComparison,
  RatioComparison,
  RunComparison,
} from '../../../../harness/model/comparison.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import type { Verdict } from '../../../../harness/model/verdict.ts'
import { fromTo, intervalTitle } from '../../../format/comparison.ts'
import { duration, metricValue, usd } from '../../../format/figures.ts'
import { decisionOf } from '../../../format/metric-decision.ts'
import { ratio, ratioRange, signedPoints, signedRange } from '../../../format/points.ts'
import type { Tone } from '../../../format/section.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { ColumnFigures } from './column-figures.tsx'
import { around, IntervalPlot } from './interval-plot.tsx'
import { UNITS } from './limits.ts'
import { Figure, ScrollTable } from './scroll-table.tsx'

/** Rows of the first screen; all are in the tables below. */
const LISTED = 8

interface Row {
  readonly column: string
  readonly what: string
  readonly means: string
  readonly change: string
  readonly interval: string
  readonly plot: { readonly at: number; readonly interval: readonly [number, number] }
  readonly scale: 'points' | 'ratio'
  readonly limit: number | undefined
  readonly word: string
  readonly tone: Tone | undefined
}

/** Quality, latency and cost of what gates, against the baseline; without one, the columns. */
export function VerdictFigures({ input }: { readonly input: ReportInput }) {
  const { comparison, columns } = input.analysis
  const rows = comparison === undefined ? [] : rowsOf(comparison, input.verdict)
  if (comparison === undefined || rows.length === 0) {
    return columns.length === 0 ? null : <ColumnFigures input={input} />
  }
  const shown = rows.slice(0, LISTED)
  const domains = { points: domainOf(shown, 'points'), ratio: domainOf(shown, 'ratio') }
  const rest = rows.length > LISTED ? ` ${rows.length - LISTED} more rows are in the tables below.` : ''
  return (
    <ScrollTable
      label="What decided"
      caption={`What gates, in figures. × is the change case by case, which need not be that of the medians.${rest}`}
      head={[
        { title: 'figure' },
        { title: fromTo(input), number: true },
        { title: 'change', number: true },
        { title: intervalTitle(comparison), number: true },
        { title: 'interval, drawn', hidden: true },
        { title: 'result' },
      ]}
    >
      {shown.map((row, i) => (
        <tr>
          <th scope="row">
            <InlineText text={row.what} limit={UNITS.name} />
            <span class={shown[i - 1]?.column === row.column ? 'unseen' : 'quiet line'}>
              {' '}
              <InlineText text={row.column} limit={UNITS.column} />
            </span>
          </th>
          <Figure>{row.means}</Figure>
          <Figure>
            <strong>{row.change}</strong>
          </Figure>
          <Figure>{row.interval}</Figure>
          <td class="drawn">
            <IntervalPlot
              domain={domains[row.scale]}
              {...row.plot}
              limit={row.limit}
              still={row.scale === 'ratio' ? 1 : 0}
              tone={row.tone}
            />
          </td>
          <td class={row.tone === undefined ? 'result' : `result ${row.tone}`}>{row.word}</td>
        </tr>
      ))}
    </ScrollTable>
  )
}

function domainOf(rows: readonly Row[], scale: Row['scale']): readonly [number, number] {
  const own = rows.filter((row) => row.scale === scale)
  const values = own.flatMap(({ plot: { at, interval }, limit }) => [at, interval[0], interval[1], limit])
  return scale === 'points' ? around(0, values, 0.05) : around(1, values, 0.1)
}

function rowsOf(comparison: RunComparison, verdict: Verdict): Row[] {
  const gating = comparison.metrics.filter(({ gates }) => gates)
  const shown = gating.length > 0 ? gating : comparison.metrics.filter(({ metric }) => metric === 'pass')
  const columns = [...new Set(shown.map(({ column }) => columnName(column)))]
  return columns.flatMap((name) => {
    const isOf = ({ column }: { readonly column: ColumnName }): boolean => columnName(column) === name
    const quality = shown.filter(isOf).map((one) => metricRow(one, comparison, verdict))
    const latency = comparison.latency
      .filter(isOf)
      .map((one) =>
        ratioRow('latency', `p50 ${duration(one.base.p50)} → ${duration(one.candidate.p50)}`, one),
      )
    const cost = comparison.cost
      .filter(isOf)
      .map((one) => ratioRow('cost a case', `${usd(one.base)} → ${usd(one.candidate)}`, one))
    return quality.concat(latency, cost)
  })
}

function metricRow(of: MetricComparison, { margin }: RunComparison, verdict: Verdict): Row {
  const { metric, base, candidate, delta, interval, column } = of
  return {
    column: columnName(column),
    what: metric,
    means: `${metricValue(metric, base.mean)} → ${metricValue(metric, candidate.mean)}`,
    change: signedPoints(delta),
    interval: signedRange(interval),
    plot: { at: delta, interval },
    scale: 'points',
    limit: margin === null ? undefined : -margin,
    ...decisionOf(verdict, of),
  }
}

function ratioRow(what: string, means: string, of: RatioComparison): Row {
  const isOver = of.limit !== null && of.ratio > of.limit
  const limit =
    of.limit === null ? 'no limit' : isOver ? `over ${ratio(of.limit)}` : `within ${ratio(of.limit)}`
  return {
    column: columnName(of.column),
    what,
    means,
    change: ratio(of.ratio),
    interval: ratioRange(of.interval),
    plot: { at: of.ratio, interval: of.interval },
    scale: 'ratio',
    limit: of.limit ?? undefined,
    word: limit,
    tone: of.limit === null ? 'quiet' : isOver ? 'warn' : 'good',
  }
}
