import type { ReportInput } from '../../harness/model/report.ts'
import {
  baselineLines,
  type ComparisonRow,
  comparisonRows,
  comparisonTitle,
  intervalTitle,
} from '../format/comparison.ts'
import { quote, table } from './table.ts'

const LISTED = { gating: 30, informing: 12 }

/** What the run is compared with. */
export function aboutBaseline(input: ReportInput): string {
  if (input.analysis.comparison === undefined) return ''
  const [title, name] = comparisonTitle(input)
  const lines = baselineLines(input).map((line) => quote(line, 500))
  return [`### ${title}`, '', [...(name === '' ? [] : [`**${quote(name)}**`]), ...lines].join('\n<br>')].join(
    '\n',
  )
}

/** A row for every metric of every column. */
export function comparisonMarkdown(input: ReportInput): string {
  const { comparison } = input.analysis
  if (comparison === undefined) return ''
  const { rows, more } = comparisonRows(input, LISTED)
  const titles = [
    'decision',
    'column',
    'metric',
    'baseline → run',
    'points',
    intervalTitle(comparison),
    'p worse',
    'cases',
  ]
  return [
    '### Every metric',
    '',
    ...(rows.length === 0 ? ['No metric could be compared.'] : table(titles, 3, rows.map(cells))),
    ...(more > 0 ? ['', `… and ${more} more that inform, in analysis.json.`] : []),
  ].join('\n')
}

function cells(row: ComparisonRow): string[] {
  const { column, against, metric, gates, word, means, difference, interval, p, size } = row
  const name = against === undefined ? quote(column) : `${quote(column)} against ${quote(against)}`
  const decided = gates && row.tone === 'bad' ? `**${word}**` : word
  return [decided, name, quote(metric), means, difference, interval, quote(p), size]
}
