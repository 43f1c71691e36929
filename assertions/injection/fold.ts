import { skeleton } from '../shared/confusables.ts'

/** The letters and digits of a text as the eye takes them, each with its place in the text. */
export interface Folded {
  readonly text: string
  /** By character of `text`: offsets (UTF-16 units) of the character it comes from; `ends` is after it. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const LATIN = /[a-z]/i
const WORD_PARTS = /[\p{L}\p{N}]/gu
/**
 * What `<`, `&`, `%` or `\` begins: a bare HTML tag, or a character by its number or name in HTML, a URL or JSON. A tag with attributes is
 * text: the address of a link or a picture is where stolen things are put.
 */
const ESCAPE =
  /<\/?(?:b|br|code|em|font|i|kbd|li|mark|p|q|s|small|span|strong|su[bp]|t[dt]|u|wbr)\s?\/?>|&(?:#(?<decimal>\d{2,7})|#x(?<hex>[\da-f]{2,6})|[a-z]{2,8});|%(?<octet>[\da-f]{2})|\\{1,2}(?:[nrt]|u(?<unit>[\da-f]{4})|x(?<byte>[\da-f]{2}))/iy
const KNOWN = new Map<string, string>()
const MOST_KNOWN = 5000

/**
 * Case, look-alikes of other scripts, invisible characters, bare tags and everything between letters and digits are left out, and escapes are
 * read: texts that were spaced out, cut up by punctuation or written in other letters come out alike.
 */
export function fold(text: string): Folded {
  const starts: number[] = []
  const ends: number[] = []
  let folded = ''
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0
    const escape = mayEscape(code) ? escapeAt(text, at) : undefined
    const next = escape?.end ?? at + (code > 0xffff ? 2 : 1)
    const parts = escape?.parts ?? (code < 128 ? ofAscii(code) : ofOther(text, at, next))
    for (let unit = 0; unit < parts.length; unit++) {
      starts.push(at)
      ends.push(next)
    }
    folded += parts
    at = next
  }
  return { text: folded, starts, ends }
}

export function foldText(text: string): string {
  return fold(text).text
}

/** How far apart two letters stand, Markdown's marks, tags and escapes left out. */
export function gapOf(between: string): number {
  if (between.length < 2) return between.length
  let gap = 0
  for (let at = 0; at < between.length; at++) {
    const escape = mayEscape(between.charCodeAt(at)) ? escapeAt(between, at) : undefined
    if (escape !== undefined) at = escape.end - 1
    else if (!'*_~`'.includes(between.charAt(at))) gap++
  }
  return gap
}

function mayEscape(code: number): boolean {
  return code === 0x3c || code === 0x26 || code === 0x25 || code === 0x5c
}

function escapeAt(text: string, at: number): { readonly parts: string; readonly end: number } | undefined {
  ESCAPE.lastIndex = at
  const found = ESCAPE.exec(text)
  if (found === null) return undefined
  const { decimal, hex, octet, unit, byte } = found.groups ?? {}
  const code = decimal === undefined ? parseInt(hex ?? octet ?? unit ?? byte ?? '0', 16) : Number(decimal)
  const letter = code > 0x10ffff ? '' : String.fromCodePoint(code)
  return { parts: code < 128 ? ofAscii(code) : ofOther(letter, 0, letter.length), end: ESCAPE.lastIndex }
}

function ofAscii(code: number): string {
  const isLower = code >= 97 && code <= 122
  if (isLower || (code >= 48 && code <= 57)) return String.fromCharCode(code)
  return code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : ''
}

/** What a letter looks like may depend on its neighbours: a Greek Η beside Latin letters is an H. */
function ofOther(text: string, at: number, next: number): string {
  const letter = text.slice(at, next)
  const isInLatin = LATIN.test(text[at - 1] ?? '') || LATIN.test(text[next] ?? '')
  const key = isInLatin ? `a${letter}` : letter
  let parts = KNOWN.get(key)
  if (parts === undefined) {
    const seen = skeleton(key)
    parts = (isInLatin ? seen.slice(1) : seen).match(WORD_PARTS)?.join('') ?? ''
    if (KNOWN.size >= MOST_KNOWN) KNOWN.clear()
    KNOWN.set(key, parts)
  }
  return parts
}
