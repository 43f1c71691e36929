import type { ColumnAnalysis } from '../../harness/model/analysis.ts'
import { columnName } from '../../harness/model/column-name.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { counted } from '../format/figures.ts'
import { spent } from '../format/spending.ts'
import { firstScreen, MAX_BYTES } from '../markdown.ts'
import { omitted, quote, table } from '../markdown/table.ts'
import { withinBytes } from '../markdown/within-bytes.ts'
import { cellWords, COLUMN_FIGURES } from './figures.ts'
import type { RollUpRenderer } from './roll-up.ts'
import { rowsOf, type RollUpRow } from './rows.ts'
import { shares } from './shares.ts'
import { outcomeLine, totalLine } from './total.ts'

const LISTED = { suites: 40, columns: 4, sentence: 240 }
/** Of the whole: the overview comes first, and may not take it all. */
const OVERVIEW_BYTES = 30_000

/** One document: the suites at a glance, the worst first, then the first screen of each in its share of the bytes. */
export const renderer: RollUpRenderer = {
  file: 'summary.md',
  async *render(rollUp) {
    const rows = rowsOf(rollUp)
    const overview = withinBytes(
      [`## ${quote(outcomeLine(rows).word)}`, quote(totalLine(rollUp)), overviewTable(rows)],
      '',
      OVERVIEW_BYTES,
    )
    const runs = rows.flatMap(({ run }) => run ?? [])
    yield [overview, ...screens(runs, MAX_BYTES - Buffer.byteLength(overview))].join('\n')
  },
}

function overviewTable(rows: readonly RollUpRow[]): string {
  const titles = [
    'decision',
    'suite',
    'column',
    ...COLUMN_FIGURES.map(({ label }) => label),
    'cells',
    'spent',
  ]
  const listed = rows.slice(0, LISTED.suites).flatMap(lines)
  return [...table(titles, 3, listed), ...omitted(rows.length, LISTED.suites, 'suite')].join('\n')
}

/** A line a column; the first tells of the suite. */
function lines(row: RollUpRow): string[][] {
  const { run, columns } = row
  const head = [quote(row.word), `**${quote(row.name)}**<br>${quote(row.sentence, LISTED.sentence)}`]
  const tail = run === undefined ? ['', ''] : [quote(cellWords(run)), quote(spent(run.analysis))]
  const nothing = COLUMN_FIGURES.map(() => '')
  const shown = columns.slice(0, LISTED.columns).map(columnCells)
  const more = columns.length - shown.length
  if (more > 0) shown.push([`… and ${counted(more, 'more column')}`, ...nothing])
  const [first = ['', ...nothing], ...others] = shown
  return [head.concat(first, tail), ...others.map((cells) => ['', ''].concat(cells, '', ''))]
}

function columnCells(column: ColumnAnalysis): string[] {
  const figures = COLUMN_FIGURES.map(({ of }) => quote(of(column)))
  return [quote(columnName(column)), ...figures]
}

/** Each in what it needs, or in its share where they need too much together. */
function screens(runs: readonly ReportInput[], maxBytes: number): string[] {
  const whole = runs.map((run) => firstScreen(run, MAX_BYTES))
  // A line break parts each from the one before it.
  const rooms = shares(
    maxBytes - whole.length,
    whole.map((screen) => Buffer.byteLength(screen)),
  )
  return whole.map((screen, i) => {
    const [run, room = 0] = [runs[i], rooms[i]]
    return run === undefined || Buffer.byteLength(screen) <= room ? screen : firstScreen(run, room)
  })
}
