/**
 * Characters that cannot be seen, reorder what stands around them, or look like another: control characters, whatever Unicode
 * lets a font ignore (zero-width and bidi characters, tags, variation selectors), separators, spaces other than the usual ones,
 * lone surrogates, noncharacters and the replacement character. Line feed, tab and the ideographic space are left alone.
 */
const HIDDEN =
  '(?![\\n\\t\\u3000])(?:\\p{Cc}|\\p{DI}|\\p{Bidi_Control}|\\p{Zl}|\\p{Zp}|(?! )\\p{Zs}|\\p{Cs}|\\p{NChar}|[\\uFFF9-\\uFFFD])'

/** Joiners and presentation selectors that make one picture of several code points. */
const EMOJI =
  '\\p{ExtPict}[\\uFE0F\\p{EMod}]{0,2}(?:\\u200D\\p{ExtPict}[\\uFE0F\\p{EMod}]{0,2})*|[0-9#*]\\uFE0F\\u20E3'

/** Runs of what is marked, or a picture that is left as it is. */
const SPECIAL = new RegExp(`${EMOJI}|(?:${HIDDEN})+`, 'gu')

/** Text of nothing but usual characters, as most is: told ten times quicker than by the pattern. */
const USUAL = /^[\n\t\x20-\x7e\xa1-\xac\xae-\u02ff]*$/

/** Characters of one run that are shown one by one: a run that goes on is counted. */
const SHOWN = 8

/** What ASCII calls its first 32 characters. */
const ABBREVIATIONS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

const NAMES: Readonly<Record<number, string>> = {
  0x00: 'null',
  0x07: 'bell',
  0x08: 'backspace',
  0x0d: 'carriage return',
  0x1b: 'escape: starts a terminal code',
  0x7f: 'delete',
  0xa0: 'no-break space',
  0xad: 'soft hyphen',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of a direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override: shows text backwards',
  0x202f: 'narrow no-break space',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'end of an isolate',
  0xfeff: 'byte order mark',
  0xfffd: 'stands for bytes that were not valid text',
}

/** Text as it is, or a run of characters shown by a mark. */
export type Segment = string | Mark

export interface Mark {
  /** What stands there. */
  readonly original: string
  /** What is shown instead: only visible characters. */
  readonly shown: string
  /** `U+202E right-to-left override` */
  readonly title: string
}

/**
 * Takes text apart into what can be shown as it is and marks. Their originals, one after the other, are the text, or its beginning
 * where it needs more marks than `most`.
 */
export function segmentsOf(text: string, most = Number.POSITIVE_INFINITY): Segment[] {
  if (USUAL.test(text)) return text === '' ? [] : [text]
  const segments: Segment[] = []
  let [from, marks] = [0, 0]
  for (const { 0: run, index } of text.matchAll(SPECIAL)) {
    if (!isHidden(run)) continue
    if (++marks > most) return segments
    if (index > from) segments.push(text.slice(from, index))
    segments.push(markOf(run))
    from = index + run.length
  }
  if (from < text.length) segments.push(text.slice(from))
  return segments
}

/** One string of visible characters, for where no element can stand: a title, an option. */
export function visibleText(text: string): string {
  return segmentsOf(text)
    .map((segment) => (typeof segment === 'string' ? segment : segment.shown))
    .join('')
}

function isHidden(run: string): boolean {
  return !/^[0-9#*\p{ExtPict}]/u.test(run)
}

function markOf(original: string): Mark {
  const characters = Array.from(original)
  const shown = characters.slice(0, SHOWN).map(shownAs).join('')
  const more = characters.length > SHOWN ? `… × ${characters.length}` : ''
  const kinds = [...new Set(characters.slice(0, 200))]
  const title = kinds.slice(0, 4).map(nameOf).join('; ')
  return { original, shown: shown + more, title: kinds.length > 4 ? `${title}; …` : title }
}

/** `⟨ESC⟩`, `⟨U+202E⟩`: few fonts have pictures of control characters. A space is a dot. */
function shownAs(character: string): string {
  const code = character.codePointAt(0) as number
  if (/\p{Zs}/u.test(character)) return '·'
  return `⟨${code === 0xfffd ? '?' : (ABBREVIATIONS[code] ?? codeOf(code))}⟩`
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) as number
  const surrogate = code >= 0xd800 && code <= 0xdfff ? 'half of a surrogate pair' : ''
  return `${codeOf(code)} ${NAMES[code] ?? surrogate}`.trimEnd()
}

function codeOf(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
