const LONGEST = 80

/** A piece of a reply as a reason quotes it: on one line, at most 80 characters of it. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const characters = Array.from(line.slice(0, 2 * LONGEST + 2))
  return characters.length > LONGEST ? `"${characters.slice(0, LONGEST).join('')}…"` : `"${line}"`
}
