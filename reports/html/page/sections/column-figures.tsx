import type { ColumnAnalysis } from '../../../../harness/model/analysis.ts'
import { columnName } from '../../../../harness/model/column-name.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import { count, counted } from '../../../format/figures.ts'
import { costPer1000 } from '../../../format/spending.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'
import { RATE_AND_LATENCY, RateAndLatency } from './rate-and-latency.tsx'
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
        ...RATE_AND_LATENCY,
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
          <RateAndLatency column={column} />
          <Figure>{costPer1000(column)}</Figure>
          <Figure>{count(column.errored)}</Figure>
        </tr>
      ))}
    </ScrollTable>
  )
}
