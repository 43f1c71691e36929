import { formatLocation } from '../../harness/model/source.ts'
import { count, counted, usd } from '../../reports/format/figures.ts'
import { cut, oneLine } from '../../reports/format/plain.ts'
import { wrap } from '../../reports/terminal/fit.ts'
import { type Paint, painter, type Style } from '../../reports/terminal/paint.ts'
import type { Io } from '../io.ts'
import type { CaseOutcome, RoundFlip } from './outcomes.ts'

const LISTED = { changed: 3, flips: 12, why: 200 }
const WIDTHS = { least: 40, most: 140 }

/** What a round did and what it came to. */
export interface RoundSummary {
  readonly number: number
  readonly changed: readonly string[]
  /** Cells of each kind in this round. */
  readonly cells: {
    readonly called: number
    readonly cached: number
    readonly rechecked: number
    readonly kept: number
    readonly absent: number
  }
  readonly word: string
  readonly before: string | undefined
  /** USD, of this round and of all. */
  readonly spentUsd: number
  readonly spentInAllUsd: number
  readonly flips: readonly RoundFlip[]
}

const FLIPS: Record<CaseOutcome, { readonly text: string; readonly style: Style }> = {
  failed: { text: '✗ now fails', style: 'red' },
  errored: { text: '? now errors', style: 'yellow' },
  passed: { text: '✓ now passes', style: 'green' },
}
const ORDER: readonly CaseOutcome[] = ['failed', 'errored', 'passed']

/** One line for the round, then a line or two for every case that came out otherwise than before. */
export function roundText(summary: RoundSummary, { terminal }: Pick<Io, 'terminal'>): string {
  const width = Math.min(WIDTHS.most, Math.max(WIDTHS.least, terminal.columns))
  const paint = painter(terminal.color)
  const [first = '', ...rest] = wrap(roundLine(summary), width)
  const head = [paint('bold', first), ...rest.map((line) => `  ${line}`)]
  const flips = summary.flips.toSorted((a, b) => ORDER.indexOf(a.after) - ORDER.indexOf(b.after))
  const listed = flips.slice(0, LISTED.flips).flatMap((flip) => flipLines(flip, width, paint))
  const more = flips.length - LISTED.flips
  return [...head, ...listed, ...(more > 0 ? [`  … and ${count(more)} more, in the report.`] : []), ''].join(
    '\n',
  )
}

/** `round 2 · prompts/b.txt · 10 cells called, 20 kept · PASS → BLOCK · $0.0030, $0.0130 in all` */
function roundLine({ number, changed, cells, word, before, spentUsd, spentInAllUsd }: RoundSummary): string {
  const names = changed.slice(0, LISTED.changed).map(oneLine)
  const more = changed.length - names.length
  const kinds = [
    [cells.called, 'called'],
    [cells.cached, 'from the cache'],
    [cells.rechecked, number === 1 ? 'checked' : 'checked again'],
    [cells.kept, 'kept'],
    [cells.absent, 'absent'],
  ] as const
  const [first, ...others] = kinds.filter(([n]) => n > 0)
  const counts =
    first === undefined
      ? 'no cells'
      : [
          `${counted(first[0], 'cell')} ${first[1]}`,
          ...others.map(([n, what]) => `${count(n)} ${what}`),
        ].join(', ')
  return [
    `round ${number}`,
    ...(names.length > 0 ? [`${names.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`] : []),
    counts,
    before === undefined || before === word ? word : `${before} → ${word}`,
    spentUsd === spentInAllUsd
      ? `${usd(spentUsd)} spent`
      : `${usd(spentUsd)} spent, ${usd(spentInAllUsd)} in all`,
  ].join(' · ')
}

function flipLines(flip: RoundFlip, width: number, paint: Paint): string[] {
  const { text, style } = FLIPS[flip.after]
  const indent = ' '.repeat(text.length + 4)
  const lines = wrap(flipLine(flip), width - indent.length)
  return lines.map((line, i) => (i === 0 ? `  ${paint(style, text)}  ${line}` : indent + line))
}

function flipLine({ name, column, source, why }: RoundFlip): string {
  const reason = why === undefined ? '' : `: ${cut(oneLine(why), LISTED.why)}`
  return `${formatLocation({ file: oneLine(source.file), line: source.line })}  ${oneLine(name)} in ${oneLine(column)}${reason}`
}
