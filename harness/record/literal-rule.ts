import type { RedactRule } from './redact-rules.ts'

/** Of a longer value every part of this length is looked for by itself: it may be wrapped, and an expression has its limits. */
const PART = 1024
/** Characters of base64 that must be a value's own, in whatever it is encoded with. */
const MIN_BASE64 = 9
const MAX_WORD = 16
/** A line of a longer value that is looked for by itself. */
const LINE = /^(?=\S{0,64}[0-9])(?=\S{0,64}[A-Za-z])\S{20,}$/

/** A rule for a known value. */
export interface LiteralRule extends RedactRule {
  /** One of these words stands wherever the value does; undefined where nothing of it is sure to stand as it is. */
  readonly words: readonly string[] | undefined
  readonly value: string
}

/**
 * A known value as it stands in text, in JSON, in JSON inside JSON, in HTML, in a URL, and inside base64, alone or with
 * what stands around it there (`user:password`).
 */
export function literalRule(name: string, value: string): LiteralRule {
  const parts = [...new Set([...partsOf(value), ...linesOf(value)])]
  const forms = parts.flatMap((part) => base64Forms(part).concat({ part, pattern: escapedForms(part) }))
  const words = forms.map(({ part }) => wordOf(part))
  return {
    name,
    value,
    words: words.every((word) => word !== undefined) ? words : undefined,
    pattern: new RegExp(forms.map(({ pattern }) => pattern).join('|'), 'g'),
    // The record's own keys are letters only, with a digit here and there.
    inKeys: /[^A-Za-z0-9]|[0-9]{2}/.test(value),
  }
}

interface Form {
  readonly part: string
  readonly pattern: string
}

function partsOf(value: string): string[] {
  const count = Math.ceil(value.length / PART)
  const length = Math.ceil(value.length / count)
  return Array.from({ length: count }, (_, i) => value.slice(i * length, (i + 1) * length))
}

function linesOf(value: string): string[] {
  return value.includes('\n') ? value.split(/\r?\n/).filter((line) => LINE.test(line)) : []
}

/** The longest run of characters that nothing escapes, or the beginning of it. */
function wordOf(part: string): string | undefined {
  const runs = part.match(/[A-Za-z0-9_.-]{6,}/g) ?? []
  return runs.toSorted((a, b) => b.length - a.length)[0]?.slice(0, MAX_WORD)
}

/** Every character as it is, or as one of the ways to write it. */
function escapedForms(part: string): string {
  let pattern = ''
  // Backslashes belong to what follows them: two elements that both take some would be matched in ever so many ways.
  for (const [, backslashes = '', character, last = ''] of part.matchAll(/(\\*)([^\\])|(\\+)$/gsu))
    pattern +=
      character === undefined ? trailing(last.length) : element(backslashes.length, character, pattern === '')
  return pattern
}

const PLAIN = /^[A-Za-z0-9_.-]$/
const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\b': 'b',
  '\f': 'f',
}
const ENTITIES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
}

/**
 * A character and the backslashes before it, of which every JSON around it makes two.
 * @param isFirst takes all backslashes there are, from the first one: what is tried at each of them in turn takes long
 */
function element(backslashes: number, character: string, isFirst: boolean): string {
  const plain = escapeRegExp(character)
  if (backslashes === 0 && PLAIN.test(character)) return plain
  const unicode = unicodeEscape(character)
  const percent = percentEscape(character) + (character === ' ' ? String.raw`|\+` : '')
  const letter = NAMED_ESCAPES[character]
  const cores = [...entities(character), ...(letter === undefined ? [] : [letter]), plain]
  const most = isFirst ? 4096 : 16 * (backslashes + 1)
  const raw = `${isFirst ? String.raw`(?<!\\)` : ''}${String.raw`\\`}{${backslashes},${most}}`
  if (backslashes > 0) {
    const escaped = String.raw`(?:\\{1,8}u005[cC]){${backslashes}}`
    const inUrl = `(?:%5[Cc]){${backslashes}}(?:${[percent, plain].filter(Boolean).join('|')})`
    return `(?:${inUrl}|(?:${raw}|${escaped})(?:${[unicode, ...cores].join('|')}))`
  }
  const isEscaped = letter !== undefined || /^["'/]$/.test(character)
  const others = [unicode, percent].filter(Boolean)
  // The character itself last: its escapes may begin with it.
  return `(?:${others.join('|')}|${isEscaped ? raw : ''}(?:${cores.join('|')}))`
}

/** Backslashes at the end: not the one of a quote that closes a text after them. */
function trailing(backslashes: number): string {
  const counts = [8, 4, 2, 1].map((times) => String.raw`\\{${times * backslashes}}`)
  return `(?:${counts.join('|')}|(?:%5[Cc]){${backslashes}})`
}

function entities(character: string): string[] {
  const entity = ENTITIES[character]
  if (entity === undefined) return []
  const code = character.charCodeAt(0)
  return [`&(?:${entity}|#0{0,2}${code}|#[xX]0{0,2}${hexOf(code)});`]
}

function unicodeEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => String.raw`\\{1,8}u${hexOf(character.charCodeAt(i), 4)}`,
  ).join('')
}

/** Empty for half of a surrogate pair, which has no bytes. */
function percentEscape(character: string): string {
  if (!character.isWellFormed()) return ''
  return Array.from(Buffer.from(character), (byte) => `%${hexOf(byte, 2)}`).join('')
}

/** Hex digits in either case. */
function hexOf(code: number, digits = 0): string {
  const hex = code.toString(16).padStart(digits, '0')
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

/**
 * What base64 makes of the value, wherever in the encoded text it begins: the characters that depend on nothing else, in both
 * alphabets.
 */
function base64Forms(part: string): Form[] {
  const bytes = Buffer.from(part)
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const core = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    if (core.length < MIN_BASE64) return []
    const pattern = core
      .replaceAll('+', '(?:[+-]|%2[Bb])')
      .replaceAll('/', String.raw`(?:\\{0,8}\/|_|%2[Ff])`)
    return [{ part: core.replaceAll(/[+/]/g, ' '), pattern }]
  })
}

/** `RegExp.escape`, which Node 22 lacks. */
function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}
