import type { ColumnName } from '../../harness/model/column-name.ts'
import { columnIn, type HistoryEntry, type LevelShift, type Measure } from '../../harness/model/history.ts'
import { html } from '../format/escape-html.ts'
import { MEASURE_WORDS } from '../format/history.ts'
import { sparkline } from '../format/sparkline.ts'

const BOX = { width: 240, height: 48, padding: 5 }
const EDIT_HEIGHT = 8

interface ChartOf {
  readonly measure: Measure
  readonly column: ColumnName
  /** Oldest first. */
  readonly runs: readonly HistoryEntry[]
  readonly shift: LevelShift | undefined
}

/** One measure of one column from run to run: its finding above it, its range beneath. Nothing where it was never measured. */
export function chart({ measure, column, runs, shift }: ChartOf): string {
  const drawn = sparkline(
    runs.map((run) => columnIn(run, column)?.[measure] ?? null),
    BOX,
  )
  const last = drawn?.points.at(-1)
  if (drawn === undefined || last === undefined) return ''
  const { name, unit, figure } = MEASURE_WORDS[measure]
  const now = runs[last.index]
  const value = (now && columnIn(now, column)?.[measure]) ?? drawn.hi
  const title = html(titleOf({ name, figure, shift, value, lo: drawn.lo, hi: drawn.hi }))
  const step = shift && runs.findIndex(({ id }) => id === shift.at)
  const marks = drawn.points.flatMap(({ index, x }) => [
    ...(index === step ? [upright(x, 0, 'stroke-dasharray="2 2"')] : []),
    ...(isEdited(runs, index, column)
      ? [upright(x, BOX.height - EDIT_HEIGHT, 'class="edit" stroke-width="3"')]
      : []),
  ])
  const dots = [...drawn.lone, last].map(
    ({ x, y }) => `<circle cx="${x}" cy="${y}" r="2.5" fill="currentColor"/>`,
  )
  return `<figure><figcaption>${title} <span class="quiet">${html(unit)}</span></figcaption>
<svg viewBox="0 0 ${BOX.width} ${BOX.height}" width="${BOX.width}" height="${BOX.height}" role="img" aria-label="${title}">${marks.join('')}<path d="${drawn.line}" fill="none" stroke="currentColor" stroke-width="1.5"/>${dots.join('')}</svg>
<div class="axis"><span>low ${html(figure(drawn.lo))}</span><span>high ${html(figure(drawn.hi))}</span></div></figure>`
}

function upright(x: number, from: number, how: string): string {
  return `<line x1="${x}" x2="${x}" y1="${from}" y2="${BOX.height}" stroke="currentColor" ${how}/>`
}

/** True where the prompt or the model's settings are others than in the run before. */
function isEdited(runs: readonly HistoryEntry[], index: number, column: ColumnName): boolean {
  const [before, here] = [runs[index - 1], runs[index]].map((run) => run && columnIn(run, column))
  return before !== undefined && here !== undefined && before.hash !== here.hash
}

interface TitleOf {
  readonly name: string
  readonly figure: (value: number) => string
  readonly shift: LevelShift | undefined
  /** Of the last run. */
  readonly value: number
  readonly lo: number
  readonly hi: number
}

function titleOf({ name, figure, shift, value, lo, hi }: TitleOf): string {
  if (shift !== undefined) {
    const verb = shift.after > shift.before ? 'rose' : 'fell'
    return `${name} ${verb} from ${figure(shift.before)} to ${figure(shift.after)}`
  }
  return lo === hi ? `${name} ${figure(value)}, always` : `${name} ${figure(value)} now`
}
