import { normalName } from '../shared/names.ts'
import { blanked, type Span } from './span.ts'

/** A name that a text states: "Acme Ltd", "GDPR", "INV-2024-001". */
export interface NameFact extends Span {
  readonly text: string
  /** Its words in lower case, without a company's form and a person's title. */
  readonly name: string
  /** A single word that begins a sentence: it is a name only where the context treats it as one. */
  readonly isFirst: boolean
}

/** "d'Ivoire" and "l'Oréal" are words of a name too. */
const CAPITALISED = String.raw`(?:\p{Ll}{1,2}['’])?\p{Lu}[\p{L}\p{M}\p{N}'’]*`
/** Capitalised words in a row, with what joins them: "Bank of England", "Marks & Spencer", "Ludwig van Beethoven". */
const NAME = RegExp(
  String.raw`(?<![\p{L}\p{N}])${CAPITALISED}(?:(?:[ -]|\s(?:of|&|van|von|de|der|la|du)\s)${CAPITALISED}){0,7}`,
  'gu',
)
/** Letters and digits in one: an order's number, a product's, a law's. */
const IDENTIFIER =
  /(?<![\p{L}\p{N}])(?=[\p{L}\d-]{2,40}(?![\p{L}\d-]))(?=[\d-]*\p{L})(?=[\p{L}-]*\d)[\p{L}\d]+(?:-[\p{L}\d]+)*/gu
/** A number with what is said of it: 5th, 30-day, 10km, 3pm. */
const NUMERIC =
  /^\d[\d-]*(?:st|nd|rd|th|s|k|m|bn|mn|km|cm|mm|kg|g|h|am|pm|px|gb|mb|kb|tb|eur|usd|gbp|day|week|month|year|hour|minute)?s?$/i
/** Capitalised for other reasons than being a name. */
const NO_NAME: ReadonlySet<string> = new Set(
  `i a an the this that these those it its he she they we you our your their his her my if in on at by for from to of as and or but not no yes
  when where which who what why how while since until under after before during within without upon with any all each every both either neither
  january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
  mondays tuesdays wednesdays thursdays fridays saturdays sundays weekdays weekends
  section clause article schedule annex appendix exhibit chapter paragraph page mr mrs ms dr prof eur usd gbp chf jpy ok only also however
  therefore furthermore moreover additionally according based there here is are was were does do did can may must shall will would should so then
  thus please note summary answer yes question either neither one`.split(/\s+/),
)
const ARTICLE_BEFORE =
  /\b(?:the|an?|this|that|each|any|every|such|said|no|its|their|either|neither|both|another|other|all)\s$/i

/**
 * The names of a text, in order. What follows an article ("the Supplier") is a role, not a name.
 */
export function namesIn(text: string): NameFact[] {
  if (!/[\p{Lu}\d]/u.test(text)) return []
  if (isTitle(text)) return []
  const mixed = /\p{L}-?\d|\d-?\p{L}/u.test(text) ? text.matchAll(IDENTIFIER) : []
  const identified = Array.from(mixed).flatMap(({ 0: said, index }) =>
    NUMERIC.test(said) ? [] : [factAt(said, index)],
  )
  const rest = blanked(text, identified)
  const named = Array.from(rest.matchAll(NAME)).flatMap(({ 0: said, index }) => nameAt(rest, said, index))
  return [...named, ...identified].sort((a, b) => a.start - b.start)
}

function nameAt(text: string, said: string, index: number): NameFact[] {
  const first = /^\S+/.exec(said)?.[0] ?? said
  const isSkipped = NO_NAME.has(first.toLowerCase())
  if (isSkipped) {
    const rest = said.slice(first.length).trimStart()
    return rest === '' ? [] : nameAt(text, rest, index + said.length - rest.length)
  }
  const isAcronym = /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(said)
  if (said.length === 1) return []
  if (/[ -]/.test(said) || isAcronym) return [factAt(said, index)]
  const before = text.slice(Math.max(0, index - 12), index)
  if (ARTICLE_BEFORE.test(before)) return []
  return [factAt(said, index, /^\s*$|[.!?:"“]\s*$/.test(before))]
}

/** As a source's lines have it. */
function nameOf(said: string): string {
  return normalName(said.replaceAll(/['’]s(?!\p{L})/gu, ''))
    .split(' ')
    .filter((word) => word !== 'and')
    .join(' ')
}

function factAt(said: string, start: number, isFirst = false): NameFact {
  return { start, end: start + said.length, text: said, name: nameOf(said), isFirst }
}

/** A heading in Title Case names nobody. */
function isTitle(text: string): boolean {
  if (/[.!?,;]/.test(text)) return false
  const words = text.match(/\p{L}{4,}/gu) ?? []
  return words.length > 3 && words.every((word) => /^\p{Lu}/u.test(word))
}
