/** A piece of a prompt: what stands under a heading (`Email: …`), between tags or in a fence, or free text between them. */
export interface Section {
  readonly kind: 'text' | 'field' | 'block'
  /** Lower-case heading or tag; empty for free text and bare fences. */
  readonly name: string
  readonly text: string
  /** Attributes of a tag, as written. */
  readonly attributes: string
  /** Where the section begins and ends in the prompt. */
  readonly start: number
  readonly end: number
}

const OPENING = /<([a-z][\w-]{0,40})((?:\s+[\w-]+="[^"\n]*"){0,6})\s*>|^("""|```)[\w-]*[ \t]*$/gim
const HEADING =
  /^(?:#{1,4} |\*\*)?([\p{L}][\p{L}\d]*(?: [\p{L}\d#]+){0,2})(?:\*\*)?:(?:\*\*)?(?:[ \t]+(\S.*))?[ \t]*$/u
/** Headings whose text tells the model what to do. */
const INSTRUCTIVE =
  /^(?:labels?|label set|categories|classes|options|rules?|instructions?|tasks?|format|output format|notes?|important|examples?|guidelines|schema|tools?|steps?|answer (?:in|with).*|respond.*|reply.*|return.*|extract (?:the|these|all|as|from|into).*|fill in.*|for example|definitions?)$/
const MARKUP =
  /^(?:html|head|body|div|span|p|br|b|i|u|a|em|strong|table|tr|td|th|tbody|ul|ol|li|font|style|script|img|h[1-6])$/i

/** Cuts a prompt into its sections, in order. Nothing inside a block is taken for a heading. */
export function readSections(text: string): Section[] {
  const sections: Section[] = []
  const missing = new Set<string>()
  let from = 0
  OPENING.lastIndex = 0
  for (let match = OPENING.exec(text); match !== null; match = OPENING.exec(text)) {
    const tag = match[1]
    const fence = match[3]
    if (tag !== undefined && MARKUP.test(tag)) continue
    const closing = fence === undefined ? `</${tag ?? ''}>` : `\n${fence}`
    const begin = OPENING.lastIndex
    const close = missing.has(closing) ? -1 : text.indexOf(closing, fence === undefined ? begin : begin)
    if (close === -1) {
      missing.add(closing)
      continue
    }
    readLines(text, from, match.index, sections)
    from = close + closing.length
    OPENING.lastIndex = from
    addBlock(sections, {
      name: (tag ?? '').toLowerCase(),
      text: text.slice(begin, close).trim(),
      attributes: match[2] ?? '',
      start: match.index,
      end: from,
    })
  }
  readLines(text, from, text.length, sections)
  return sections
}

/** A bare fence, or a tag, right under an empty heading is that heading's text. */
function addBlock(sections: Section[], block: Omit<Section, 'kind'>): void {
  const above = sections.at(-1)
  if (above?.kind === 'field' && above.text === '') {
    sections.pop()
    sections.push({
      ...block,
      kind: 'block',
      name: block.name === '' ? above.name : block.name,
      start: above.start,
    })
  } else sections.push({ ...block, kind: 'block' })
}

function readLines(text: string, from: number, to: number, sections: Section[]): void {
  let start = from
  while (start < to) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 || feed >= to ? to : feed + 1
    addLine(sections, text.slice(start, end), start, end)
    start = end
  }
}

function addLine(sections: Section[], line: string, start: number, end: number): void {
  const heading = line.length > 4000 ? null : HEADING.exec(line.trimEnd())
  const name = heading?.[1]?.toLowerCase()
  if (heading !== null && name !== undefined && !INSTRUCTIVE.test(name)) {
    sections.push({ kind: 'field', name, text: heading[2] ?? '', attributes: '', start, end })
    return
  }
  const open = sections.at(-1)
  if (open === undefined || open.kind === 'block') {
    if (line.trim() !== '') sections.push({ kind: 'text', name: '', text: line, attributes: '', start, end })
    return
  }
  const between = open.text === '' || open.text.endsWith('\n') ? '' : '\n'
  sections[sections.length - 1] = {
    ...open,
    text: open.text === '' ? line.trimStart() : open.text + between + line,
    end,
  }
}
