import { CLOSE, OPEN } from './collapsed.ts'

const CUT = '… the rest is left out to stay under the size of a comment; report.html has it.'

/**
 * Sections, parted by empty lines, in at most `limit` bytes: what does not fit is cut at the end of a line. `last` is always
 * there: what a reader must be told.
 */
export function withinBytes(sections: readonly string[], last: string, limit: number): string {
  const end = last === '' ? '' : `\n\n${last}`
  const text = sections.filter((section) => section !== '').join('\n\n')
  if (bytes(text) + bytes(end) + 1 <= limit) return `${text}${end}\n`
  const close = text.includes(`${OPEN}\n`) ? `\n\n${CLOSE}` : ''
  const lines = firstLines(text, limit - bytes(`\n\n${CUT}${close}${end}\n`))
  const isOpen = lines.lastIndexOf(OPEN) > lines.lastIndexOf(CLOSE)
  return `${lines.join('\n').trimEnd()}\n\n${CUT}${isOpen ? close : ''}${end}\n`
}

/** As many lines of a text as fit into so many bytes. */
export function firstLines(text: string, limit: number): string[] {
  const lines: string[] = []
  let used = 0
  for (const line of text.split('\n')) {
    used += bytes(line) + 1
    if (used > limit) break
    lines.push(line)
  }
  return lines
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}
