import stringWidth from 'string-width'

const GRAPHEMES = new Intl.Segmenter()

/** A space that may end a line: not the one before a unit. */
const BREAK = / (?!(?:ms|s|min)\b)/

/** Columns a text takes on a terminal. */
export const widthOf = (text: string): number => stringWidth(text)

/** Pads to a width with spaces, before the text or after it. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const gap = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'left' ? text + gap : gap + text
}

/** At most `width` columns, with `…` where the middle was cut: names often differ at their ends. */
export function clipMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const head = take(text, Math.ceil((width - 1) / 2))
  const tail = take(reversed(text), width - 1 - widthOf(head))
  return `${head}…${reversed(tail)}`
}

/** Breaks at spaces into lines of at most `width` columns; a longer word is broken where it must. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(BREAK)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (widthOf(line) > width) {
      const head = take(line, width)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** The longest beginning that fits; at least one grapheme, so that breaking a word ends. */
function take(text: string, width: number): string {
  let taken = ''
  let used = 0
  for (const { segment } of GRAPHEMES.segment(text)) {
    used += widthOf(segment)
    if (used > width && taken !== '') break
    taken += segment
  }
  return taken
}

function reversed(text: string): string {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment)
    .reverse()
    .join('')
}
