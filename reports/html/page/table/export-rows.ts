import { CHANGES, FLAGS, OUTCOMES } from '../../data/about.ts'
import { outputText } from '../../../format/plain.ts'
import { figureValues } from '../filter/figure-values.ts'
import type { Figure } from '../filter/term.ts'
import type { RowText } from '../model/arm.ts'
import type { ReportData } from '../model/report-data.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import { cellOf } from '../state/cell-id.ts'
import { csvLine, type CsvValue } from './csv.ts'

export type CopyFormat = 'csv' | 'jsonl'

/** Rows up to which prompts and outputs are copied too. */
const WITH_TEXTS = 2000

/** Rows between two looks at whether the page has something else to do. */
const BATCH = 500

export interface Copied {
  readonly text: string
  readonly withTexts: boolean
}

type Entry = readonly [name: string, value: CsvValue]

/**
 * The rows as a CSV with a head, or as lines of JSON. Prompts and outputs come along where there are few rows.
 * @throws Error with a sentence for people where a text is damaged
 */
export async function exportRows(
  data: ReportData,
  reviews: ReviewStore,
  rows: Uint32Array,
  format: CopyFormat,
  onProgress: (done: number) => void,
): Promise<Copied> {
  const withTexts = rows.length <= WITH_TEXTS
  const figures = figureReaders(data)
  const parts: string[] = []
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const text = withTexts ? await data.texts.read('main', row) : undefined
    const entries = [
      ...rowEntries(data, reviews, row, figures),
      ...(text === undefined ? [] : textEntries(text)),
    ]
    if (format === 'csv' && i === 0) parts.push(csvLine(entries.map(([name]) => name)))
    parts.push(format === 'csv' ? csvLine(entries.map(([, value]) => value)) : jsonLine(entries))
    if (i % BATCH === BATCH - 1) {
      onProgress(i / rows.length)
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  return { text: parts.join(''), withTexts }
}

type Readers = readonly (readonly [name: string, read: (row: number) => number])[]

function figureReaders({ about, main }: ReportData): Readers {
  const reader = (name: string, figure: Figure): Readers[number] => {
    const values = figureValues(main, figure, about.metrics)
    return [name, (row) => values[row] as number]
  }
  return [
    reader('score', { of: 'score' }),
    ...about.metrics.map((metric) => reader(`metric:${metric}`, { of: 'metric', name: metric })),
    reader('latency_ms', { of: 'latency' }),
    reader('ttft_ms', { of: 'ttft' }),
    reader('cost_usd', { of: 'cost' }),
    reader('attempts', { of: 'attempts' }),
    ['tokens_in', (row) => main.tokensIn[row] as number],
    ['tokens_out', (row) => main.tokensOut[row] as number],
  ]
}

function rowEntries(
  { main, cases }: ReportData,
  reviews: ReviewStore,
  row: number,
  figures: Readers,
): Entry[] {
  const label = cases.label(main.case[row] as number)
  const column = main.columns[main.column[row] as number]
  const flags = main.flags[row] as number
  const change = CHANGES[main.change[row] as number]
  return [
    ['cell', cellOf(main, row)],
    ['case', label.id],
    ['description', label.description],
    ['file', label.file],
    ['line', label.line],
    ['prompt', column?.prompt],
    ['model', column?.provider],
    ['repeat', (main.repeat[row] as number) + 1],
    ['outcome', OUTCOMES[main.outcome[row] as number]],
    ['change', change === 'none' ? undefined : change],
    ...figures.map(([name, read]): Entry => [name, shortest(read(row))]),
    ['flaky', (flags & FLAGS.flaky) !== 0],
    ['replayed', (flags & FLAGS.replayed) !== 0],
    ['refused', (flags & FLAGS.refused) !== 0],
    ['quarantined', (flags & FLAGS.quarantined) !== 0],
    ['review', reviews.markOf(row)],
  ]
}

function textEntries({ request, output }: RowText): Entry[] {
  const prompt = (request as RowText['request'] | undefined)?.prompt
  return [
    ['prompt_text', prompt],
    ['output', output === undefined || output === null ? undefined : outputText(output)],
  ]
}

/** The shortest decimal that is the same in single precision: 0.7, not 0.699999988079071. Undefined for NaN. */
function shortest(value: number): number | undefined {
  if (Number.isNaN(value)) return undefined
  for (let digits = 1; digits <= 9; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return rounded
  }
  return value
}

/** What is not known is null, so that every line has the same fields. */
function jsonLine(entries: readonly Entry[]): string {
  return `${JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, value ?? null])))}\n`
}
