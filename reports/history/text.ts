import { columnName } from '../../harness/model/column-name.ts'
import {
  columnIn,
  followedRuns,
  type History,
  type HistoryEntry,
  type Measure,
} from '../../harness/model/history.ts'
import { counted, percent, usd } from '../format/figures.ts'
import {
  asideNote,
  commitOf,
  decisionMark,
  driftOf,
  measured,
  minuteOf,
  noShiftSentence,
  passRateOf,
  shiftSentence,
} from '../format/history.ts'
import { cut, oneLine } from '../format/plain.ts'
import { letterTrend } from '../format/sparkline.ts'
import { clipMiddle, wrap } from '../terminal/fit.ts'
import { type Paint, painter, type Style } from '../terminal/paint.ts'
import { plainTable } from '../terminal/plain-table.ts'

/** What a terminal has room for. */
const LIMITS = { columns: 40, trend: 12, name: 44, unread: 8, sentence: 400 }
/** What a trend is shown of. */
const SHOWN: readonly { readonly measure: Measure; readonly title: string; readonly spare?: boolean }[] = [
  { measure: 'quality', title: 'pass rate' },
  { measure: 'latency', title: 'latency p50' },
  { measure: 'cost', title: '$ a cell', spare: true },
]
const STYLES: Record<ReturnType<typeof decisionMark>['tone'], Style | undefined> = {
  good: 'green',
  warn: 'yellow',
  bad: 'red',
  quiet: undefined,
}

export interface HistoryTextOptions {
  readonly width: number
  readonly color: boolean
  /** The newest runs that are listed; all of them where it is left out. */
  readonly limit?: number | undefined
}

/** A suite's history as a terminal shows it: its runs, its columns with their trends, and what changed its level. */
export function historyText(history: History, { width, color, limit }: HistoryTextOptions): string {
  const paint = painter(color)
  const blocks = [
    [heading(history, paint), ...runTable(history, limit, width, paint)],
    columnTable(history, width, paint),
    levels(history, width, paint),
    unread(history, width, paint),
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

function heading({ suite, runs }: History, paint: Paint): string {
  const whole = runs.filter(({ isWhole }) => isWhole).length
  const parts = [
    counted(runs.length, 'run'),
    ...(whole === runs.length ? [] : [`${whole} of the whole suite`]),
  ]
  return `${paint('bold', oneLine(suite))}  ${parts.join(' · ')}`
}

function runTable({ runs }: History, limit: number | undefined, width: number, paint: Paint): string[] {
  const shown = limit === undefined ? runs : runs.slice(-limit)
  if (shown.length === 0) return []
  const more = runs.length - shown.length
  const marks = shown.map(decisionMark)
  const dim = shown.map((run) => (asideNote(run) === undefined ? undefined : ('dim' as const)))
  const table = plainTable(
    [
      { title: 'started (UTC)', cells: shown.map(({ at }) => minuteOf(at)), styles: dim },
      {
        title: 'verdict',
        cells: marks.map(({ shape, word }) => `${shape} ${word}`),
        styles: marks.map(({ tone }) => STYLES[tone]),
      },
      { title: 'run', cells: shown.map(({ id }) => clipMiddle(oneLine(id), LIMITS.name)), styles: dim },
      { title: 'pass rate', cells: shown.map((run) => percent(passRateOf(run))), align: 'right' },
      { title: 'commit', cells: shown.map((run) => clipMiddle(oneLine(commitOf(run)), 16)), spare: true },
      { title: 'spent', cells: shown.map(({ spentUsd }) => usd(spentUsd)), align: 'right', spare: true },
      {
        title: '',
        cells: dim.map((style) => (style === undefined ? '' : 'in no trend')),
        styles: dim,
        spare: true,
      },
    ],
    width,
    paint,
  )
  return more > 0 ? [...table, paint('dim', `  … and ${counted(more, 'older run')}.`)] : table
}

function columnTable({ runs }: History, width: number, paint: Paint): string[] {
  const whole = followedRuns(runs)
  const columns = whole.at(-1)?.columns.slice(0, LIMITS.columns) ?? []
  if (columns.length === 0) return []
  const recent = whole.slice(-LIMITS.trend)
  const more = (whole.at(-1)?.columns.length ?? 0) - columns.length
  const cell = (column: (typeof columns)[number], measure: Measure): string => {
    const trend = letterTrend(recent.map((run: HistoryEntry) => columnIn(run, column)?.[measure] ?? null))
    return `${measured(column, measure)}  ${recent.length > 1 ? trend : ''}`.trimEnd()
  }
  const table = plainTable(
    [
      {
        title: 'column',
        cells: columns.map((column) => clipMiddle(oneLine(columnName(column)), LIMITS.name)),
      },
      ...SHOWN.map(({ measure, title, spare = false }) => ({
        title,
        spare,
        align: 'right' as const,
        cells: columns.map((column) => cell(column, measure)),
      })),
    ],
    width,
    paint,
  )
  const said =
    recent.length > 1 ? `, and the trend of ${counted(recent.length, 'run')}: low _ . - ' high` : ''
  return [
    ...wrap(`Columns in the last run of the whole suite${said}`, width).map((line) => paint('bold', line)),
    ...table,
    ...(more > 0 ? [paint('dim', `  … and ${counted(more, 'more column')}.`)] : []),
  ]
}

function levels(history: History, width: number, paint: Paint): string[] {
  const { shifts, runs } = history
  const drift = driftOf(history)
  const said = (shift: (typeof shifts)[number]): string[] =>
    wrap(cut(oneLine(shiftSentence(shift, { runs })), LIMITS.sentence), width - 2).map((line) =>
      shift.explained ? `  ${line}` : `  ${paint('yellow', line)}`,
    )
  if (shifts.length === 0) return runs.length === 0 ? [] : wrap(noShiftSentence(history), width)
  const explained = shifts.filter((shift) => shift.explained)
  return [
    ...(drift.length === 0 ? [] : [paint('bold', 'Drift'), ...drift.flatMap(said)]),
    ...(explained.length === 0
      ? []
      : [paint('bold', 'Explained changes of level'), ...explained.flatMap(said)]),
  ]
}

function unread({ unread: sentences }: History, width: number, paint: Paint): string[] {
  if (sentences.length === 0) return []
  const more = sentences.length - LIMITS.unread
  return [
    paint('bold', 'Not among them'),
    ...sentences
      .slice(0, LIMITS.unread)
      .flatMap((sentence) => wrap(cut(oneLine(sentence), LIMITS.sentence), width - 2))
      .map((line) => `  ${line}`),
    ...(more > 0 ? [paint('dim', `  … and ${counted(more, 'more folder')}.`)] : []),
  ]
}
