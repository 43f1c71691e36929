import type { Span } from './span.ts'

/** A date that a text states, as far as it does: "May 2024" has no day. */
export interface DateFact extends Span {
  readonly text: string
  /** More than one where the writing leaves it open: 03/04/2024. */
  readonly readings: readonly DateParts[]
}

interface DateParts {
  readonly year?: number
  /** 1 to 12. */
  readonly month?: number
  readonly day?: number
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\b(?:\\.(?=\\s\\d))?'
const DAY = '(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?'
const YEAR = '((?:1[5-9]|20|21)\\d\\d)(?!\\d)'

type Pattern = readonly [RegExp, (parts: readonly string[]) => readonly DateParts[]]
const WITH_MONTH: readonly Pattern[] = [
  [
    RegExp(`${DAY}\\s(?:day\\s)?(?:of\\s)?${MONTH}(?:,?\\s(?:of\\s)?${YEAR})?`, 'g'),
    ([d, m, y]) => [parts(y, monthOf(m), d)],
  ],
  [RegExp(`\\b${MONTH}\\s${DAY}(?!\\d)(?:,?\\s${YEAR})?`, 'g'), ([m, d, y]) => [parts(y, monthOf(m), d)]],
  [RegExp(`\\b${MONTH},?\\s(?:of\\s)?${YEAR}`, 'g'), ([m, y]) => [parts(y, monthOf(m))]],
  [
    RegExp(`(?<=\\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Dd]uring|of)\\s)${MONTH}`, 'g'),
    ([m]) => [parts(undefined, monthOf(m))],
  ],
]
/** The last one is part of most others. */
const IN_DIGITS: readonly Pattern[] = [
  [/(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/g, ([y, m, d]) => [parts(y, Number(m), d)]],
  [
    /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-])/g,
    ([first, mark, second, y]) => {
      const dayFirst = parts(y, Number(second), first)
      const monthFirst = parts(y, Number(first), second)
      if (mark === '.' || Number(first) > 12) return [dayFirst]
      return Number(second) > 12 ? [monthFirst] : [dayFirst, monthFirst]
    },
  ],
  [/(?<![\d\p{L}.,/€$£-])((?:1[89]|20)\d\d)(?![\d\p{L}/-]|[.,]\d|\s?%)/gu, ([y]) => [parts(y)]],
]
const AMOUNT =
  /^\s(?:[a-z]+\s)?(?:euros?|dollars?|pounds?|EUR|USD|GBP|days?|hours?|units?|people|employees|km|m|kg)\b/
/** Most sentences have neither, and no date: then most patterns need not be tried. */
const FOUR_DIGITS = /\d{4}/
const ANY_MONTH = /(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/

/** The dates of a text, in order. */
export function datesIn(text: string): DateFact[] {
  const patterns = [...(ANY_MONTH.test(text) ? WITH_MONTH : []), ...(FOUR_DIGITS.test(text) ? IN_DIGITS : [])]
  const found: DateFact[] = []
  for (const [pattern, read] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length }
      if (found.some(({ start, end }) => span.start < end && start < span.end)) continue
      if (/^\d{4}$/.test(match[0]) && AMOUNT.test(text.slice(span.end, span.end + 30))) continue
      const readings = read(match.slice(1)).filter(isDay)
      if (readings.length > 0) found.push({ ...span, text: match[0], readings })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Whether a context's date has all that a claim's says. */
export function isSameDate(claimed: DateFact, stated: DateFact): boolean {
  return claimed.readings.some((claim) =>
    stated.readings.some(
      (date) =>
        (claim.year === undefined || claim.year === date.year) &&
        (claim.month === undefined || claim.month === date.month) &&
        (claim.day === undefined || claim.day === date.day),
    ),
  )
}

function parts(year: string | undefined, month?: number, day?: string): DateParts {
  return {
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day: Number(day) }),
  }
}

function isDay({ month = 1, day = 1 }: DateParts): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
}
