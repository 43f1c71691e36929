const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&#39;': "'",
  '&quot;': '"',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
}

const FORWARDED =
  /^(?:-{3,} ?(?:original|forwarded) message|-{5,}.*(?:weitergeleitet|transféré|doorgestuurd))/i
const REPLIED_TO = /^on .{4,80} wrote:\s*$/i
const CITATION = /^\s*(?:>|&gt;)/

/** A stretch of a message, and whether somebody else wrote it: quoted with `>`, or forwarded. */
export interface Passage {
  readonly text: string
  readonly quoted: boolean
}

/** A message without its markup, split into what its writer wrote and what the writer only passes on. */
export function readPassages(message: string): Passage[] {
  const passages: Passage[] = []
  let forwarded = false
  for (const line of message.split('\n')) {
    forwarded ||= FORWARDED.test(line) || REPLIED_TO.test(line)
    const quoted = forwarded || CITATION.test(line)
    const text = plain(quoted ? line.replace(/^\s*(?:>\s*)+/, '') : line)
    const last = passages.at(-1)
    if (last?.quoted === quoted) passages[passages.length - 1] = { text: `${last.text}\n${text}`, quoted }
    else passages.push({ text, quoted })
  }
  return passages
}

function plain(line: string): string {
  const untagged = line.includes('<') ? line.replaceAll(/<\/?[a-z][^<>]{0,200}>/gi, ' ') : line
  return untagged.includes('&')
    ? untagged.replaceAll(/&[#\w]{2,6};/g, (entity) => ENTITIES[entity] ?? ' ')
    : untagged
}
