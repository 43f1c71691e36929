const CUT = '… the rest is left out to stay under the size of a comment; report.html has it.'

/**
 * Sections, parted by empty lines, in at most `limit` bytes: what does not fit is cut at the end of a line. `last` is always
 * there: what a reader must be told.
 */
export function withinBytes(sections: readonly string[], last: string, limit: number): string {
  const end = last === '' ? '' : `\n\n${last}`
  const room = limit - bytes(end) - bytes(`\n\n${CUT}\n`)
  const text = sections.filter((section) => section !== '').join('\n\n')
  if (bytes(text) <= room) return `${text}${end}\n`
  const lines: string[] = []
  let used = 0
  for (const line of text.split('\n')) {
    used += bytes(line) + 1
    if (used > room) break
    lines.push(line)
  }
  return `${lines.join('\n').trimEnd()}\n\n${CUT}${end}\n`
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}
