import type { Analysis, ColumnAnalysis } from '../../../../harness/model/analysis.ts'
import { columnName } from '../../../../harness/model/column-name.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import { count, counted, latency, score } from '../../../format/figures.ts'
import { latencyNotes } from '../../../format/latency-notes.ts'
import { cut } from '../../../format/plain.ts'
import { costNotes, costPer1000, tokensInWords } from '../../../format/spending.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { ColumnHeads } from './column-heads.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { RATE_AND_LATENCY, RateAndLatency } from './rate-and-latency.tsx'
import { Figure, ScrollTable } from './scroll-table.tsx'

/** Of a metric's name over its column. */
const METRIC_UNITS = 60

/** The prompt × model table, each pass rate drawn with its interval, and the means of the metrics. */
export function Columns({ input: { analysis } }: { readonly input: ReportInput }) {
  const { columns } = analysis
  if (columns.length === 0) return <p>No column was run.</p>
  return (
    <>
      <h3>Prompts and models</h3>
      <p class="quiet">{notes(analysis)}</p>
      <ScrollTable
        label="Prompts and models"
        caption={`${counted(columns.length, 'column')}: a prompt on a model.`}
        head={[
          { title: 'prompt' },
          { title: 'model' },
          ...RATE_AND_LATENCY,
          { title: 'first token', number: true },
          { title: 'cost per 1,000 calls', number: true },
          { title: 'errors', number: true },
          { title: 'tokens' },
        ]}
      >
        {columns.slice(0, LISTED.columns).map((column) => (
          <Row column={column} />
        ))}
      </ScrollTable>
      <More of={columns.length} listed={LISTED.columns} noun="column" />
      <Metrics columns={columns} />
    </>
  )
}

function Row({ column }: { readonly column: ColumnAnalysis }) {
  return (
    <tr>
      <ColumnHeads column={column} />
      <RateAndLatency column={column} />
      <Figure>{latency(column.ttftMs, 'p50')}</Figure>
      <Figure>{costPer1000(column)}</Figure>
      <Figure>{count(column.errored)}</Figure>
      <td class="quiet">{tokensInWords(column.tokens)}</td>
    </tr>
  )
}

/** A row a column, a figure a metric: forty metrics are forty figures, not a paragraph. */
function Metrics({ columns }: { readonly columns: readonly ColumnAnalysis[] }) {
  const names = [...new Set(columns.flatMap(({ namedScores }) => Object.keys(namedScores)))]
  if (names.length === 0) return null
  const shown = names.slice(0, LISTED.metrics)
  return (
    <>
      <ScrollTable
        label="Means of the metrics"
        caption="Mean of each metric over the replies that have it."
        head={[
          { title: 'column' },
          ...shown.map((name) => ({ title: cut(name, METRIC_UNITS), number: true })),
        ]}
      >
        {columns.slice(0, LISTED.metricColumns).map((column) => (
          <tr>
            <th scope="row">
              <InlineText text={columnName(column)} limit={UNITS.column} />
            </th>
            {shown.map((name) => (
              <Figure>{score(column.namedScores[name] ?? null)}</Figure>
            ))}
          </tr>
        ))}
      </ScrollTable>
      <More of={names.length} listed={LISTED.metrics} noun="metric" />
      <More of={columns.length} listed={LISTED.metricColumns} noun="column" />
    </>
  )
}

function notes(analysis: Analysis): string {
  return [
    'Intervals are Wilson’s; repeats of a case are not counted as independent.',
    'Latency is of fresh replies, without queueing and backoff; first token is a median.',
    ...latencyNotes(analysis),
    ...costNotes(analysis),
  ].join(' ')
}
