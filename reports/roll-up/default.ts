import { columnName } from '../../harness/model/column-name.ts'
import { renderer as runRenderer } from '../default.ts'
import { percent } from '../format/figures.ts'
import { oneLine } from '../format/plain.ts'
import type { Tone } from '../format/section.ts'
import { spent } from '../format/spending.ts'
import { clipMiddle, pad, widthOf, wrap } from '../terminal/fit.ts'
import { type Paint, painter, type Style } from '../terminal/paint.ts'
import { cellWords } from './figures.ts'
import { oneAfterAnother } from './one-after-another.ts'
import type { Place, RollUp, RollUpRenderer } from './roll-up.ts'
import { rowsOf, type RollUpRow } from './rows.ts'
import { totalLine } from './total.ts'

const NO_TERMINAL = { columns: 100, color: false }
const WIDTHS = { least: 40, most: 140, name: 32 }
/** Columns of a suite that are named. */
const SHOWN = 4

const STYLES: Partial<Record<Tone, Style>> = { good: 'green', warn: 'yellow', bad: 'red' }

/** Every run's own table, then the suites at a glance. */
export const renderer: RollUpRenderer = {
  file: null,
  async *render(rollUp, place) {
    yield* oneAfterAnother(runRenderer).render(rollUp, place)
    yield glance(rollUp, place)
  },
}

/** A few lines a suite, the worst first: what follows the tables on a terminal. */
export function glance(rollUp: RollUp, { terminal = NO_TERMINAL }: Pick<Place, 'terminal'>): string {
  const width = Math.min(WIDTHS.most, Math.max(WIDTHS.least, terminal.columns))
  const paint = painter(terminal.color)
  const rows = rowsOf(rollUp)
  const words = Math.max(0, ...rows.map(({ word }) => widthOf(word)))
  const lines = rows.flatMap((row) => about(row, { words, width, paint }))
  return `${[paint('bold', 'Suites'), ...lines, paint('dim', totalLine(rollUp))].join('\n')}\n`
}

interface Layout {
  readonly words: number
  readonly width: number
  readonly paint: Paint
}

function about(row: RollUpRow, { words, width, paint }: Layout): string[] {
  const indent = ' '.repeat(words + 4)
  const room = width - indent.length
  const name = clipMiddle(oneLine(row.name), Math.min(WIDTHS.name, room))
  const figures = row.run === undefined ? '' : `  ${cellWords(row.run)} · ${spent(row.run.analysis)}`
  const [first = '', ...rest] = wrap(`${name}${figures}`, room)
  const rates = row.columns
    .slice(0, SHOWN)
    .map((column) => `${oneLine(columnName(column))} ${percent(column.passRate)}`)
  const more = row.columns.length > SHOWN ? [`… and ${row.columns.length - SHOWN} more`] : []
  const [sentence = ''] = row.sentence.split('\n')
  const told = [oneLine(sentence), [...rates, ...more].join(' · ')].filter((line) => line !== '')
  const style = STYLES[row.tone]
  const word = pad(row.word, words)
  return [
    `  ${style === undefined ? word : paint(style, word)}  ${first}`,
    ...[...rest, ...told.flatMap((line) => wrap(line, room))].map((line) => indent + line),
  ]
}
