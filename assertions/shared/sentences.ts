/** A sentence of a text, or a line that stands by itself: a heading, a list item. `text` is the slice from `start` to `end` (UTF-16 units). */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What begins a block of its own: list item, heading, quotation, table row. */
const MARKER = /^\s*(?:(?:[-*+•‣▪–]|\d{1,3}[.)]|\([a-z\d]{1,3}\)|[a-z]\)|#{1,6}|>)\s+|\|)/
/** A line this long was probably broken to fit a page: the next one goes on with it. */
const WRAPPED = 50
/** A citation after the full stop belongs to the sentence before it. */
const TRAILING_CITATION =
  /[.!?]["'”’)]{0,3}(?:\s{0,3}(?:\[[^[\]]{1,80}\]|\((?:source|see|ref)\b[^()]{0,80}\)))+(?=\s|$)/gi
/** A full stop of these ends no sentence, nor does one of a single capital. */
const ABBREVIATION =
  /(?:^|[\s("'“])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Nr|Art|Arts|Sec|Cl|Fig|Abs|para|cf|vs|approx|e\.g|i\.e|\p{Lu})\.\s*$/u

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The sentences of a text (Markdown's markers left out), in order. A hard-wrapped line goes on with the next. */
export function sentencesOf(text: string): Sentence[] {
  return blocksOf(text).flatMap(({ start, end }) => sentencesOfBlock(text, start, end))
}

interface Span {
  readonly start: number
  end: number
}

function blocksOf(text: string): Span[] {
  const blocks: Span[] = []
  let open: Span | undefined
  let start = 0
  for (const line of text.split('\n')) {
    const end = start + line.length
    const bare = line.trim()
    const marker = MARKER.exec(line)?.[0].length ?? 0
    if (bare === '' || bare.startsWith('```')) open = undefined
    else if (open !== undefined && marker === 0 && goesOn(text.slice(open.start, open.end), bare))
      open.end = end
    else blocks.push((open = { start: start + marker, end }))
    start = end + 1
  }
  return blocks
}

function goesOn(before: string, next: string): boolean {
  const last = before.slice(before.lastIndexOf('\n') + 1).trim()
  return !last.endsWith(':') && (last.length >= WRAPPED || /^\p{Ll}/u.test(next))
}

function sentencesOfBlock(text: string, start: number, end: number): Sentence[] {
  const block = text
    .slice(start, end)
    .replaceAll(/[\n\r\u0085\u2028\u2029]/g, ' ')
    .replaceAll(TRAILING_CITATION, (cited) => `${'x'.repeat(cited.length - 1)}.`)
  const spans: Span[] = []
  let isOpen = false
  for (const { segment, index } of segmenter.segment(block)) {
    const last = spans.at(-1)
    if (isOpen && last !== undefined) last.end = start + index + segment.length
    else spans.push({ start: start + index, end: start + index + segment.length })
    isOpen = ABBREVIATION.test(segment.slice(-12))
  }
  return spans.map((span) => trimmed(text, span)).filter(({ text: said }) => /[\p{L}\p{N}]/u.test(said))
}

function trimmed(text: string, { start, end }: Span): Sentence {
  const raw = text.slice(start, end)
  const from = start + raw.length - raw.trimStart().length
  const said = raw.trim()
  return { text: said, start: from, end: from + said.length }
}
