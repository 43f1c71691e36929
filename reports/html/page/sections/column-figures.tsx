import type { ColumnAnalysis } from '../../../../harness/model/analysis.ts'
import { columnName } from '../../../../harness/model/column-name.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import { count, counted, latency, percent, range } from '../../../format/figures.ts'
import { costPer1000 } from '../../../format/spending.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { IntervalPlot } from './interval-plot.tsx'
import { UNITS } from './limits.ts'
import { Figure, ScrollTable } from './scroll-table.tsx'

/** Columns of the first screen; all are in the table below. */
const LISTED = 6

/** The columns that gate, then the best: for a run that is compared with nothing. */
export function ColumnFigures({ input }: { readonly input: ReportInput }) {
  const { columns } = input.analysis
  const gated = new Set(input.verdict.gates.map(({ column }) => column))
  const rank = (column: ColumnAnalysis): number =>
    (gated.has(columnName(column)) ? 2 : 0) + (column.passRate ?? -1)
  const shown = columns.toSorted((a, b) => rank(b) - rank(a)).slice(0, LISTED)
  const rest = columns.length > LISTED ? ` ${counted(columns.length - LISTED, 'more column')} below.` : ''
  return (
    <ScrollTable
      label="Columns in figures"
      caption={`${gated.size > 0 ? 'What gates first, then by pass rate' : 'By pass rate'}.${rest}`}
      head={[
        { title: 'column' },
        { title: 'pass rate', number: true },
        { title: '95% interval', number: true },
        { title: '0–100%, drawn', hidden: true },
        { title: 'latency p50', number: true },
        { title: 'p95', number: true },
        { title: 'cost per 1,000 calls', number: true },
        { title: 'errors', number: true },
      ]}
    >
      {shown.map((column) => (
        <tr>
          <th scope="row">
            {gated.has(columnName(column)) && <span class="tag">gates</span>}{' '}
            <InlineText text={columnName(column)} limit={UNITS.column} />
          </th>
          <Figure>
            <strong>{percent(column.passRate)}</strong>
          </Figure>
          <Figure>{range(column.interval)}</Figure>
          <td class="drawn">
            <RatePlot column={column} />
          </td>
          <Figure>{latency(column.latencyMs, 'p50')}</Figure>
          <Figure>{latency(column.latencyMs, 'p95')}</Figure>
          <Figure>{costPer1000(column)}</Figure>
          <Figure>{count(column.errored)}</Figure>
        </tr>
      ))}
    </ScrollTable>
  )
}

/** A pass rate on a line from 0 to 100%. */
export function RatePlot({ column: { passRate, interval } }: { readonly column: ColumnAnalysis }) {
  if (passRate === null || interval === null) return null
  return <IntervalPlot domain={[0, 1]} at={passRate} interval={[interval.lo, interval.hi]} />
}
