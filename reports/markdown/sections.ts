import { markdown } from '../format/escape-markdown.ts'
import type { Line, Piece, Section } from '../format/section.ts'
import { quote } from './table.ts'

const LIMITS = { text: 500, detail: 300 }

const MARKS: Partial<Record<NonNullable<Line['tone']>, string>> = { bad: '❌ ', warn: '⚠️ ' }

/** A titled list. */
export function sectionMarkdown({ title, lines }: Section): string {
  return [`### ${quote(title)}`, '', ...lines.flatMap(item)].join('\n')
}

function item({ place, text, tone, details = [], diff }: Line): string[] {
  const where = place === undefined ? '' : `${quote(place)}  `
  const mark = tone === undefined ? '' : (MARKS[tone] ?? '')
  return [
    `- ${mark}${where}${quote(text, LIMITS.text)}`,
    ...details.map((detail) => `  - ${quote(detail, LIMITS.detail)}`),
    ...(diff === undefined ? [] : [`  - ${diff.map(difference).join('')}`]),
  ]
}

/** GitHub draws `del` and `ins`; they hold even where what they wrap begins or ends with a space. */
function difference({ op, text }: Piece): string {
  const shown = spaced(text)
  if (op === 'same') return shown
  return op === 'removed' ? `<del>${shown}</del>` : `<ins>${shown}</ins>`
}

/** Escaping drops the spaces at a text's ends, which part its words from the next piece's. */
function spaced(text: string): string {
  const [before] = /^\s*/.exec(text) ?? ['']
  const [after] = /\s*$/.exec(text) ?? ['']
  if (text.trim() === '') return text === '' ? '' : ' '
  return `${before === '' ? '' : ' '}${markdown(text)}${after === '' ? '' : ' '}`
}
