import { contentWordsOf } from '../shared/words.ts'
import type { Span } from './span.ts'
import { UNITS, type Unit } from './units.ts'
import { spelledNumbers } from './number-words.ts'

/** A number that a text states. */
export interface NumberFact extends Span {
  readonly text: string
  /** More than one where the writing leaves it open: 1.500 is 1.5 or 1500. */
  readonly values: readonly number[]
  readonly unit?: Unit
  /** It counts something that is no unit: six books. */
  readonly isCount: boolean
  /** "about 4.5 million" holds of 4,512,300. */
  readonly isRounded: boolean
  /** "A month" may answer to one month, but states no number. */
  readonly isArticle: boolean
  /** The number of a section, clause or page: it may stand anywhere in the context. */
  readonly isReference: boolean
}

const NUMBER =
  /(?<![\p{L}\p{N}_])(?<!\p{L}-)(?:\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?:[.,]\d{1,20})?|\d{1,40}(?:[.,]\d{1,40}){0,12})(?![\p{N}_])/gu
const SCALE = /^[\s-]?(thousand|million|billion|trillion|hundred|bn|mn|m|k)(?![\p{L}\p{N}])/iu
const SCALES: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
  trillion: 1e12,
}
const CURRENCY_BEFORE = /(US\$|[€$£¥]|(?<!\p{L})(?:EUR|USD|GBP|CHF|JPY))\s?$/u
const UNIT_AFTER =
  /^\)?[\s-]?(?:\(\d{1,12}\)\s?)?(?:(?:calendar|business|working|full|consecutive|additional|more|further|whole|other|paid|unpaid|unused|clear|extra|british|us|american|canadian|australian|swiss)\s){0,2}([ap]\.?m\.?|%|percent(?:age)?|per cent|[€$£¥°]|\p{L}{1,12})(?!\p{L})/iu
const ABOUT = /(?:about|approximately|around|roughly|nearly|almost|circa|ca\.|approx\.|some|~|≈)\s?$/i
const REFERENCE =
  /(?:sections?|clauses?|articles?|art\.|paragraphs?|pages?|annex|schedule|appendix|exhibit|chapter|no\.|item|step|§{1,2}|table|figure)\s?$/i
const BESIDE = 24
/** Near enough for what floating point makes of a product, and for "about". */
const SAME = 1e-9
const ROUNDED = 0.05

/** The numbers of a text, in digits and in words, in order. `text` should have its dates blanked. */
export function numbersIn(text: string): NumberFact[] {
  const written = /\d/.test(text) ? text.matchAll(NUMBER) : []
  const found = Array.from(written, ({ 0: digits, index }) => numberAt(text, digits, index))
  const spelled = spelledNumbers(text).map(({ start, end, value, isArticle }) =>
    factAt(text, start, end, [value], unitAfter(text, end), isArticle),
  )
  // "One" alone is mostly no number: "one of the parties".
  const counted = spelled.filter(({ unit, values }) => unit !== undefined || values[0] !== 1)
  return [...found, ...counted].sort((a, b) => a.start - b.start)
}

/** Whether what a claim says is what a context says; a claim without a unit may mean any. */
export function isSameNumber(claimed: NumberFact, stated: NumberFact): boolean {
  if (claimed.unit?.kind === 'percent' && stated.unit?.kind !== 'percent') return false
  if ((claimed.isCount && isMeasure(stated)) || (stated.isCount && isMeasure(claimed))) return false
  const haveUnits = claimed.unit !== undefined && stated.unit !== undefined
  if (haveUnits && claimed.unit.kind !== stated.unit.kind) return false
  const tolerance = claimed.isRounded ? ROUNDED : SAME
  return claimed.values.some((value) =>
    stated.values.some((other) => {
      const [a, b] = haveUnits ? [value * claimed.unit.factor, other * stated.unit.factor] : [value, other]
      return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))
    }),
  )
}

function isMeasure({ unit }: NumberFact): boolean {
  return unit !== undefined && unit.kind !== 'percent'
}

/** Whether two numbers measure the same kind of thing, so that one may be in the other's place. */
export function areRivals(a: NumberFact, b: NumberFact): boolean {
  const isClock = (unit: Unit | undefined): boolean => unit?.kind === 'am' || unit?.kind === 'pm'
  if (isClock(a.unit) && isClock(b.unit)) return true
  return a.unit?.kind === b.unit?.kind || (a.unit?.isMoney === true && b.unit?.isMoney === true)
}

function numberAt(text: string, digits: string, index: number): NumberFact {
  const after = text.slice(index + digits.length, index + digits.length + BESIDE)
  const before = text.slice(Math.max(0, index - BESIDE), index)
  const [sign = '', symbol = ''] = CURRENCY_BEFORE.exec(before) ?? []
  const currency = UNITS.get(symbol.toLowerCase())
  const [written = '', name = ''] = SCALE.exec(after) ?? []
  // "5 m" is five metres, "€5m" five million.
  const isScale = written !== '' && (name.toLowerCase() !== 'm' || currency !== undefined)
  const end = index + digits.length + (isScale ? written.length : 0)
  const scale = isScale ? (SCALES[name.toLowerCase()] ?? 1) : 1
  const factor = /(?:^|[\s(])[-−](?:US\$|[€$£¥])?$/.test(before) ? -1 : 1
  const values = valuesOf(digits).map((value) => factor * value * scale)
  return factAt(
    text,
    index - sign.length,
    end,
    values,
    currency === undefined ? unitAfter(text, end) : { unit: currency, end, isCount: false },
  )
}

function factAt(
  text: string,
  start: number,
  end: number,
  values: readonly number[],
  { unit, end: last, isCount }: After,
  isArticle = false,
): NumberFact {
  const before = text.slice(Math.max(0, start - BESIDE), start)
  return {
    start,
    end: last,
    text: text.slice(start, last).trim(),
    values,
    ...(unit === undefined ? {} : { unit }),
    isRounded: ABOUT.test(before.replace(/(?:US\$|[€$£¥]|EUR|USD|GBP)\s?$/, '')),
    isCount,
    isArticle,
    isReference: unit === undefined && REFERENCE.test(before),
  }
}

interface After {
  readonly unit?: Unit | undefined
  readonly end: number
  readonly isCount: boolean
}

function unitAfter(text: string, end: number): After {
  const [written = '', name = ''] = UNIT_AFTER.exec(text.slice(end, end + 60)) ?? []
  const unit = UNITS.get(name.toLowerCase().replace(/\s+/, ' '))
  if (unit !== undefined) return { unit, end: end + written.length, isCount: false }
  return { end, isCount: written.startsWith(' ') && contentWordsOf(name).length > 0 }
}

/** What digits and separators may mean: 1,000 is a thousand, 1.500 either, 1.234,56 and 1,234.56 the same. */
function valuesOf(digits: string): readonly number[] {
  const plain = digits.replaceAll(/[ \u00a0\u202f\u2009'’]/g, '')
  const marks = plain.match(/[.,]/g) ?? []
  if (marks.length === 0) return [Number(plain)]
  const last = marks.at(-1) ?? '.'
  const isMixed = marks.some((mark) => mark !== last)
  const asDecimal = Number(decimal(plain, last))
  const asWhole = Number(plain.replaceAll(/[.,]/g, ''))
  if (isMixed) return marks.filter((mark) => mark === last).length === 1 ? [asDecimal] : [asWhole]
  if (marks.length > 1) return /^\d{1,3}(?:[.,]\d{3})+$/.test(plain) ? [asWhole] : [asWhole, Number.NaN]
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return [asDecimal]
  return last === ',' ? [asWhole] : [asDecimal, asWhole]
}

function decimal(plain: string, mark: string): string {
  const cut = plain.lastIndexOf(mark)
  return `${plain.slice(0, cut).replaceAll(/[.,]/g, '')}.${plain.slice(cut + 1)}`
}
