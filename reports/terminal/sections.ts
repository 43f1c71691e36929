import { marked } from '../format/changes.ts'
import { cut, oneLine } from '../format/plain.ts'
import type { Line, Piece, Section, Tone } from '../format/section.ts'
import { wrap } from './fit.ts'
import type { Paint, Style } from './paint.ts'

/** UTF-16 units of an entry, and of what is told beneath it. */
const LIMITS = { text: 500, detail: 300 }

const STYLES: Record<Tone, Style> = { bad: 'red', good: 'green', warn: 'yellow', quiet: 'dim' }

export const toneStyle = (tone: Tone): Style => STYLES[tone]

/** A titled list. */
export function sectionLines({ title, lines }: Section, width: number, paint: Paint): string[] {
  return [
    ...wrap(oneLine(title), width).map((text) => paint('bold', text)),
    ...lines.flatMap((line) => lineOf(line, width, paint)),
  ]
}

function lineOf({ place, text, tone, details = [], diff }: Line, width: number, paint: Paint): string[] {
  const where = place === undefined ? '' : oneLine(place)
  const said = cut(oneLine(text), LIMITS.text)
  const first = wrap(where === '' ? said : `${where}  ${said}`, width - 2).map((shown, i) => {
    const start = i === 0 && where !== '' && shown.startsWith(where) ? where : ''
    const rest = shown.slice(start.length)
    const painted = tone === undefined || rest === '' ? rest : paint(STYLES[tone], rest)
    return `  ${start === '' ? '' : paint('cyan', start)}${painted}`
  })
  const beneath = details.flatMap((detail) => wrap(cut(oneLine(detail), LIMITS.detail), width - 4))
  return [
    ...first,
    ...beneath.map((shown) => `    ${shown}`),
    ...(diff === undefined ? [] : diffLines(diff, width - 4, paint).map((shown) => `    ${shown}`)),
  ]
}

/** A text's differences, marked for those who see no colour too. */
function diffLines(diff: readonly Piece[], width: number, paint: Paint): string[] {
  const text = diff.map(marked).join('')
  const ends: { readonly end: number; readonly op: Piece['op'] }[] = []
  for (const piece of diff) ends.push({ end: (ends.at(-1)?.end ?? 0) + marked(piece).length, op: piece.op })
  let cursor = 0
  return wrap(text, width).map((shown) => {
    // Lines are stretches of the text in their order; only spaces between them are gone.
    const start = Math.max(cursor, text.indexOf(shown, cursor))
    cursor = start + shown.length
    return painted(text, start, cursor, ends, paint)
  })
}

function painted(
  text: string,
  start: number,
  end: number,
  ends: readonly { readonly end: number; readonly op: Piece['op'] }[],
  paint: Paint,
): string {
  let from = start
  let line = ''
  for (const span of ends) {
    const to = Math.min(span.end, end)
    if (to <= from) continue
    const part = text.slice(from, to)
    line += span.op === 'same' ? part : paint(span.op === 'removed' ? 'red' : 'green', part)
    from = to
  }
  return line
}
