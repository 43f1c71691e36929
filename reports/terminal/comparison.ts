import type { ReportInput } from '../../harness/model/report.ts'
import {
  baselineLines,
  type ComparisonRow,
  type ComparisonRows,
  comparisonRows,
  comparisonTitle,
  intervalTitle,
} from '../format/comparison.ts'
import { count } from '../format/figures.ts'
import { cut, oneLine } from '../format/plain.ts'
import { clipMiddle, pad, widthOf, wrap } from './fit.ts'
import type { Paint } from './paint.ts'
import { toneStyle } from './sections.ts'

const LISTED = { gating: 60, informing: 12 }
const GAP = '  '
/** Below this a metric's name says too little, and each comparison is a paragraph. */
const LEAST_NAME = 8
const LONGEST_LINE = 600

/** What the run is compared with, and a row for every metric of every column, under its column's name. */
export function comparisonTable(input: ReportInput, width: number, paint: Paint): string[] {
  const { comparison } = input.analysis
  if (comparison === undefined) return []
  const title = comparisonTitle(input).map(oneLine).join('  ').trimEnd()
  const about = baselineLines(input).flatMap((line) =>
    wrap(cut(oneLine(line), LONGEST_LINE), width - 2).map((text) => paint('dim', `  ${text}`)),
  )
  return [
    ...wrap(title, width).map((line) => paint('bold', line)),
    ...about,
    ...table(comparisonRows(input, LISTED), intervalTitle(comparison), width, paint),
  ]
}

interface Figure {
  readonly title: string
  readonly of: (row: ComparisonRow) => string
}

function table({ rows, more }: ComparisonRows, interval: string, width: number, paint: Paint): string[] {
  if (rows.length === 0) return [paint('yellow', '  No metric could be compared.')]
  const figures: readonly Figure[] = [
    { title: 'base → run', of: ({ means }) => means },
    { title: 'points', of: ({ difference }) => difference },
    { title: interval, of: (row) => row.interval },
    { title: 'p worse', of: ({ p }) => p },
  ]
  const widths = figures.map(({ title, of }) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(of(row)))),
  )
  const words = Math.max(...rows.map(({ word }) => widthOf(word)))
  const names = rows.map(({ metric }) => oneLine(metric))
  const room = width - GAP.length - widths.reduce((sum, w) => sum + w + GAP.length, 0) - words - GAP.length
  const longest = Math.max(widthOf('metric'), ...names.map(widthOf))
  const nameWidth = Math.min(room, longest)
  const legible =
    nameWidth >= Math.min(longest, LEAST_NAME) &&
    rows.every((row) => rows.every((other) => !collide(row, other, nameWidth)))
  const titles = figures.map(({ title }, i) => pad(title, widths[i] ?? 0, 'right'))
  const header = GAP + [pad('metric', nameWidth), ...titles].join(GAP)
  const lines = rows.flatMap((row, i) => {
    const before = rows[i - 1]
    const isFirst = before?.column !== row.column || before.against !== row.against
    return [
      ...(isFirst ? columnTitle(row, width, paint) : []),
      ...(legible ? [line(row, figures, widths, nameWidth, paint)] : paragraph(row, figures, width, paint)),
    ]
  })
  const rest = more > 0 ? [paint('dim', `  … and ${count(more)} more that inform, in analysis.json.`)] : []
  return [...(legible ? [paint('dim', header)] : []), ...lines, ...rest]
}

function columnTitle({ column, against, size }: ComparisonRow, width: number, paint: Paint): string[] {
  const than = against === undefined ? '' : ` against ${oneLine(against)}`
  return wrap(`${oneLine(column)}${than} (${size})`, width).map((text) => paint('bold', text))
}

function line(
  row: ComparisonRow,
  figures: readonly Figure[],
  widths: readonly number[],
  nameWidth: number,
  paint: Paint,
): string {
  const cells = figures.map(({ of }, i) => pad(of(row), widths[i] ?? 0, 'right'))
  const text = GAP + [pad(clipMiddle(oneLine(row.metric), nameWidth), nameWidth), ...cells].join(GAP)
  if (!row.gates) return paint('dim', `${text}${GAP}${row.word}`)
  return text + GAP + word(row, paint)
}

function paragraph(row: ComparisonRow, figures: readonly Figure[], width: number, paint: Paint): string[] {
  const told = figures.map(({ title, of }) => `${title} ${of(row)}`).join(' · ')
  const name = wrap(`${oneLine(row.metric)}: ${row.word}`, width - 2).map((text) => `  ${text}`)
  return [
    ...name.map((text) => (row.tone === undefined ? text : paint(toneStyle(row.tone), text))),
    ...wrap(told, width - 4).map((text) => `    ${row.gates ? text : paint('dim', text)}`),
  ]
}

function word({ word, tone }: ComparisonRow, paint: Paint): string {
  return tone === undefined ? word : paint(toneStyle(tone), word)
}

/** Two metrics of one column whose names would be shortened to the same. */
function collide(a: ComparisonRow, b: ComparisonRow, width: number): boolean {
  if (a.metric === b.metric || a.column !== b.column) return false
  return clipMiddle(oneLine(a.metric), width) === clipMiddle(oneLine(b.metric), width)
}
