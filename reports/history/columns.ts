import { columnName, isSameColumn } from '../../harness/model/column-name.ts'
import {
  columnIn,
  followedRuns,
  type History,
  type HistoryColumn,
  type HistoryEntry,
  isFresh,
  type Measure,
  MEASURES,
} from '../../harness/model/history.ts'
import { html } from '../format/escape-html.ts'
import { counted } from '../format/figures.ts'
import { measured, MEASURE_WORDS, minuteOf } from '../format/history.ts'
import { cut, oneLine } from '../format/plain.ts'
import { chart } from './chart.ts'

/** What a page has room for: 40 columns of 100 runs are under a megabyte. */
const LIMITS = { columns: 40, runs: 100, name: 160 }

/** Each column's measures over the runs of the whole suite, with a table of the figures behind them. */
export function columnsSection(history: History): string {
  const runs = followedRuns(history.runs).slice(-LIMITS.runs)
  const columns = columnsOf(history, runs)
  if (columns.length === 0) return ''
  const shown = columns.slice(0, LIMITS.columns)
  const more = columns.length - shown.length
  const rest = more === 0 ? '' : `<p class="quiet">${html(counted(more, 'more column'))} in history.json.</p>`
  return `<h2>Columns over ${html(counted(runs.length, 'run'))} of the whole suite</h2>
<p class="quiet">A dotted line stands where a level shifted; a bar at the foot, where the prompt or the model’s settings changed.</p>
${shown.map((column) => columnHtml(column, runs, history)).join('\n')}${rest}`
}

/** Of the newest run of the whole suite, those whose level changed first. */
function columnsOf({ shifts }: History, runs: readonly HistoryEntry[]): readonly HistoryColumn[] {
  const columns = runs.at(-1)?.columns ?? []
  const hasMoved = (column: HistoryColumn): boolean =>
    shifts.some((shift) => isSameColumn(shift.column, column))
  return [...columns.filter(hasMoved), ...columns.filter((column) => !hasMoved(column))]
}

function columnHtml(column: HistoryColumn, runs: readonly HistoryEntry[], { shifts }: History): string {
  const charts = MEASURES.map((measure) => {
    const shift = shifts.find((each) => each.measure === measure && isSameColumn(each.column, column))
    return chart({ measure, column, runs, shift })
  })
  const title = html(cut(oneLine(columnName(column)), LIMITS.name))
  return `<section><h3>${title}</h3><div class="charts">${charts.join('\n')}</div>
<details><summary>The figures of ${title}</summary><div class="scroll" tabindex="0" role="region" aria-label="Figures"><table>
<thead><tr><th>started (UTC)</th><th>run</th>${MEASURES.map(heading).join('')}<th>note</th></tr></thead>
<tbody>${runs
    .map((run, i) => figuresRow(run, column, runs[i - 1]))
    .toReversed()
    .join('\n')}</tbody></table></div></details></section>`
}

function heading(measure: Measure): string {
  const { name, unit } = MEASURE_WORDS[measure]
  return `<th class="number">${name}<br>${unit}</th>`
}

function figuresRow(run: HistoryEntry, column: HistoryColumn, before: HistoryEntry | undefined): string {
  const own = columnIn(run, column)
  const earlier = before && columnIn(before, column)
  const notes = [
    ...(own !== undefined && earlier !== undefined && own.hash !== earlier.hash
      ? ['the prompt or the model’s settings changed']
      : []),
    ...(own !== undefined && !isFresh(own) ? ['replies were replayed: no trend goes by them'] : []),
  ]
  return `<tr><td>${html(minuteOf(run.at))}</td><th scope="row">${html(cut(oneLine(run.id), LIMITS.name))}</th>${MEASURES.map((measure) => `<td class="number">${measured(own, measure)}</td>`).join('')}<td class="quiet note">${notes.join('; ')}</td></tr>`
}
