/** Lines of HTML that Markdown keeps. Text of others never looks like one of them: its angle brackets are escaped. */
export const OPEN = '<details>'
export const CLOSE = '</details>'

/** Sections that are shown on a click; none where all of them are empty. */
export function collapsed(summary: string, sections: readonly string[]): string[] {
  const told = sections.filter((section) => section !== '')
  return told.length === 0 ? [] : [`${OPEN}\n<summary>${summary}</summary>`, ...told, CLOSE]
}
