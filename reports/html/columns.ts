import type { Analysis, ColumnAnalysis } from '../../harness/model/analysis.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { html } from '../format/escape-html.ts'
import { count, counted, latency, percent, range, score } from '../format/figures.ts'
import { latencyNotes } from '../format/latency-notes.ts'
import { costNotes, costPer1000, tokensInWords } from '../format/spending.ts'

/** Columns listed: a suite with more is read from `analysis.json`. */
const LISTED = 200

/** The prompt × model table, each pass rate drawn with its interval. */
export function columnsSection({ analysis }: ReportInput): string {
  const { columns } = analysis
  if (columns.length === 0) return '<h2>Prompts and models</h2><p>No column was run.</p>'
  const rows = columns.slice(0, LISTED).map(row).join('')
  const more =
    columns.length > LISTED ? `<p>… and ${counted(columns.length - LISTED, 'more column')}.</p>` : ''
  return `<h2>Prompts and models</h2>
<p class="quiet">${notes(analysis)}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">prompt</th><th scope="col">model</th><th scope="col" class="number">pass rate</th>
<th scope="col" class="number">95% interval</th><th scope="col">0–100%</th><th scope="col" class="number">latency p50</th>
<th scope="col" class="number">p95</th><th scope="col" class="number">first token</th>
<th scope="col" class="number">cost per 1,000 calls</th><th scope="col" class="number">errors</th>
<th scope="col">tokens</th><th scope="col">metrics (mean)</th></tr></thead>
<tbody>${rows}</tbody></table></div>${more}`
}

function row(column: ColumnAnalysis): string {
  const figures = [
    percent(column.passRate),
    range(column.interval),
    null,
    latency(column.latencyMs, 'p50'),
    latency(column.latencyMs, 'p95'),
    latency(column.ttftMs, 'p50'),
    costPer1000(column),
    count(column.errored),
  ]
  const cells = figures.map((figure) =>
    figure === null ? `<td>${plot(column)}</td>` : `<td class="number">${html(figure)}</td>`,
  )
  const metrics = Object.entries(column.namedScores).map(([name, mean]) => `${html(name)} ${score(mean)}`)
  return `<tr><th scope="row">${html(column.prompt)}</th><th scope="row">${html(column.provider)}</th>${cells.join('')}<td>${html(tokensInWords(column.tokens))}</td><td>${metrics.join('<br>')}</td></tr>\n`
}

/** The rate as a dot on a line from 0 to 100%, its interval as a bar. The figures stand beside it. */
function plot({ passRate, interval }: ColumnAnalysis): string {
  if (passRate === null || interval === null) return ''
  const x = (rate: number): string => (4 + rate * 112).toFixed(1)
  return `<svg class="plot" width="120" height="14" viewBox="0 0 120 14" aria-hidden="true"><line x1="4" y1="7" x2="116" y2="7"/><line class="range" x1="${x(interval.lo)}" y1="7" x2="${x(interval.hi)}" y2="7"/><circle cx="${x(passRate)}" cy="7" r="4"/></svg>`
}

function notes(analysis: Analysis): string {
  return [
    'Intervals are Wilson’s; repeats of a case are not counted as independent.',
    'Latency is of fresh replies, without queueing and backoff; first token is a median.',
    ...latencyNotes(analysis),
    ...costNotes(analysis),
  ].join(' ')
}
