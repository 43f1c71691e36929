import type { ComponentChildren } from 'preact'
import { count, duration, NOTHING, score, usd } from '../../../format/figures.ts'
import { figureValues } from '../filter/figure-values.ts'
import type { Figure } from '../filter/term.ts'
import type { ReportData } from '../model/report-data.ts'
import { markWord } from '../reviews/mark-words.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { changeSign, flagWords, hasFlag, outcomeSign, type Sign } from './words.ts'

/** A column of the table of cells. */
export interface CellColumn {
  /** Its name in a link: `latency`, `metric:accuracy`. */
  readonly key: string
  readonly title: string
  /** Pixels at a root font of 16 px. */
  readonly width: number
  readonly isNumber: boolean
  /** Stays in sight when the table scrolls sideways. */
  readonly sticky: boolean
  /** Which way a first press sorts: the interesting end first. */
  readonly startsDescending: boolean
  render(row: number): ComponentChildren
}

/** Metrics shown until somebody chooses: a run may have forty. */
const METRICS_SHOWN = 3

/** All columns there are, in order. */
export function everyColumn(data: ReportData, reviews: ReviewStore): CellColumn[] {
  const { about, main, cases } = data
  const column = (row: number) => main.columns[main.column[row] as number]
  const name = (key: string, title: string, width: number, text: (row: number) => string): CellColumn => ({
    ...plain(key, title, width),
    render: (row) => <InlineText text={text(row)} />,
  })
  const figure = (
    of: Figure,
    title: string,
    width: number,
    show: (value: number, row: number) => string,
  ): CellColumn => {
    const values = figureValues(main, of, about.metrics)
    return {
      ...plain(of.of === 'metric' ? `metric:${of.name}` : of.of, title, width),
      isNumber: true,
      startsDescending: of.of !== 'score' && of.of !== 'metric' && of.of !== 'repeat',
      render: (row) => {
        const value = values[row] as number
        return Number.isNaN(value) ? NOTHING : show(value, row)
      },
    }
  }
  const latencyMark = (row: number) =>
    `${hasFlag(main, row, 'replayed') ? '↺ ' : ''}${hasFlag(main, row, 'untrusted') ? '~' : ''}`
  return [
    { ...plain('outcome', 'Outcome', 92), sticky: true, render: (row) => signed(outcomeSign(main, row)) },
    ...(isCompared(data)
      ? [
          {
            ...plain('change', 'Change', 104),
            sticky: true,
            render: (row: number) => signed(changeSign(main, row)),
          },
        ]
      : []),
    {
      ...plain('case', 'Case', 280),
      sticky: true,
      render: (row) => {
        const { id, description, file, line } = cases.label(main.case[row] as number)
        return (
          <>
            <InlineText text={description === '' ? id : description} limit={100} />{' '}
            <span class="place">
              <InlineText text={`${fileName(file)}:${line}`} limit={60} />
            </span>
          </>
        )
      },
    },
    name('prompt', 'Prompt', 128, (row) => column(row)?.prompt ?? ''),
    name('model', 'Model', 128, (row) => column(row)?.provider ?? ''),
    figure({ of: 'repeat' }, 'Repeat', 68, (value) => count(value + 1)),
    figure({ of: 'score' }, 'Score', 68, score),
    ...about.metrics.map((metric) =>
      figure({ of: 'metric', name: metric }, metric, metricWidth(metric), score),
    ),
    figure({ of: 'latency' }, 'Latency', 96, (value, row) => `${latencyMark(row)}${duration(value)}`),
    figure({ of: 'ttft' }, 'First token', 104, (value, row) => `${latencyMark(row)}${duration(value)}`),
    figure({ of: 'cost' }, 'Cost', 104, usd),
    figure({ of: 'attempts' }, 'Attempts', 92, count),
    figure(
      { of: 'tokens' },
      'Tokens',
      84,
      (value, row) => `${hasFlag(main, row, 'estimated') ? '~' : ''}${count(value)}`,
    ),
    { ...plain('marks', 'Marks', 152), render: (row) => flagWords(main, row) },
    { ...plain('review', 'Review', 112), render: (row) => reviewWord(reviews, row) },
  ]
}

/** Room for its name in two lines at most. */
function metricWidth({ length }: string): number {
  return Math.max(72, Math.min(132, 24 + 8 * (length > 12 ? length / 2 : length)))
}

/** Keys of the columns shown until somebody chooses. */
export function usualColumns({ about, main }: ReportData): string[] {
  const repeats = main.repeat.some((repeat) => repeat > 0)
  const metrics = about.metrics.slice(0, METRICS_SHOWN).map((metric) => `metric:${metric}`)
  const measured = (values: Float32Array) => values.some((value) => !Number.isNaN(value))
  return [
    'outcome',
    'change',
    'case',
    'prompt',
    'model',
    ...(repeats ? ['repeat'] : []),
    'score',
    ...metrics,
    'latency',
    ...(measured(main.ttftMs) ? ['ttft'] : []),
    'cost',
    'attempts',
    'tokens',
    'marks',
    'review',
  ]
}

/** Whether the run's cells are compared with a baseline's, or with each other. */
export function isCompared({ main }: ReportData): boolean {
  return main.change.some((change) => change !== 0)
}

function plain(key: string, title: string, width: number) {
  const shared = { isNumber: false, sticky: false, startsDescending: false }
  return { key, title, width, ...shared }
}

export function signed(sign: Sign | undefined): ComponentChildren {
  if (sign === undefined) return ''
  return (
    <span class={sign.tone}>
      <span class="shape" aria-hidden="true">
        {sign.shape}
      </span>{' '}
      {sign.word}
    </span>
  )
}

function reviewWord(reviews: ReviewStore, row: number): string {
  const mark = reviews.markOf(row)
  return mark === undefined ? '' : markWord(mark)
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
