import type { Analysis, ColumnAnalysis } from '../../harness/model/analysis.ts'
import { count, latency, percent, range } from '../format/figures.ts'
import { latencyNotes } from '../format/latency-notes.ts'
import { oneLine } from '../format/plain.ts'
import { costNotes, costPer1000 } from '../format/spending.ts'
import { clipMiddle, pad, widthOf, wrap } from './fit.ts'
import type { Paint, Style } from './paint.ts'

const GAP = 2
/** Below this a name says too little, and the columns are listed one by one. */
const LEAST_NAME = 8

interface Figure {
  /** Over a column of the table, in two lines. */
  readonly title: readonly [string, string]
  /** Before the figure, in a paragraph. */
  readonly label: string
  readonly of: (column: ColumnAnalysis) => string
  readonly style?: (column: ColumnAnalysis) => Style | undefined
}

const FIGURES: readonly Figure[] = [
  {
    title: ['pass', 'rate'],
    label: 'pass rate',
    of: (column) => percent(column.passRate),
    style: () => 'bold',
  },
  {
    title: ['95%', 'interval'],
    label: '95% interval',
    of: (column) => range(column.interval),
    style: () => 'dim',
  },
  { title: ['', 'p50'], label: 'latency p50', of: (column) => latency(column.latencyMs, 'p50') },
  { title: ['latency', 'p95'], label: 'p95', of: (column) => latency(column.latencyMs, 'p95') },
  { title: ['first', 'token'], label: 'first token', of: (column) => latency(column.ttftMs, 'p50') },
  { title: ['$ per', '1,000'], label: 'per 1,000 calls', of: costPer1000 },
  {
    title: ['', 'errors'],
    label: 'errors',
    of: (column) => count(column.errored),
    style: (column) => (column.errored > 0 ? 'red' : undefined),
  },
]

/** The prompt × model table; where the terminal is too narrow for it, one paragraph per column with the same figures. */
export function columnsTable(analysis: Analysis, width: number, paint: Paint): string[] {
  const { columns } = analysis
  if (columns.length === 0) return ['No column was run.']
  const cells = FIGURES.map((figure) => columns.map((column) => figure.of(column)))
  const widths = FIGURES.map(({ title }, i) => widest([...title, ...(cells[i] ?? [])]))
  const gap = ' '.repeat(GAP)
  const room = width - widths.reduce((sum, w) => sum + w + GAP, 0) - GAP
  const names = columns.map(({ prompt, provider }) => [oneLine(prompt), oneLine(provider)] as const)
  const [first, second] = share(
    room,
    widest(['prompt', ...names.map(([prompt]) => prompt)]),
    widest(['model', ...names.map(([, provider]) => provider)]),
  )
  const name = ([prompt, provider]: readonly [string, string]): string =>
    pad(clipMiddle(prompt, first), first) + gap + pad(clipMiddle(provider, second), second)
  const legible = Math.min(first, second) >= LEAST_NAME || first + second < room
  if (!legible || new Set(names.map(name)).size < columns.length) {
    return columns.flatMap((column) => paragraph(column, width, paint))
  }

  const header = ([0, 1] as const).map((line) => {
    const titles = FIGURES.map(({ title }, i) => pad(title[line], widths[i] ?? 0, 'right'))
    return paint('dim', [name(line === 0 ? ['', ''] : ['prompt', 'model']), ...titles].join(gap).trimEnd())
  })
  const rows = columns.map((column, row) => {
    const figures = FIGURES.map(({ style }, i) => {
      const text = pad(cells[i]?.[row] ?? '', widths[i] ?? 0, 'right')
      const wanted = style?.(column)
      return wanted === undefined ? text : paint(wanted, text)
    })
    return [name(names[row] ?? ['', '']), ...figures].join(gap)
  })
  return [...header, ...rows]
}

/** What the reader must know to read the figures. */
export function footnotes(analysis: Analysis): string[] {
  const repeated = analysis.columns.some((column) => column.repeats > 1)
  return [
    repeated
      ? 'Intervals are Wilson’s; repeats of a case are not counted as independent.'
      : 'Intervals are Wilson’s.',
    'Time to the first token is a median; cost is per 1,000 calls.',
    ...latencyNotes(analysis),
    ...costNotes(analysis),
  ]
}

function paragraph(column: ColumnAnalysis, width: number, paint: Paint): string[] {
  const title = `${oneLine(column.prompt)} × ${oneLine(column.provider)}`
  const figures = FIGURES.map((figure) => `${figure.label} ${figure.of(column)}`).join(' · ')
  return [
    ...wrap(title, width).map((line) => paint('bold', line)),
    ...wrap(figures, width - GAP).map((line) => `${' '.repeat(GAP)}${line}`),
  ]
}

/** Divides the room between two names: each gets what it needs, else the longer one gives way. */
function share(room: number, first: number, second: number): readonly [number, number] {
  if (first + second <= room) return [first, second]
  const half = Math.floor(room / 2)
  if (first <= half) return [first, room - first]
  return second <= half ? [room - second, second] : [half, room - half]
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(widthOf))
}
