import * as chrono from 'chrono-node'

/** Longer texts are no dates. */
const LONGEST = 80
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/
/** After commas and fillers are gone. These are most dates, and read in a twentieth of the library's time. */
const DAY_MONTH = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?[ -](\d{4})$/
const MONTH_DAY = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
/** Words that a date is written with and that say nothing of it: "this 5th day of January, 2024", "as of the 1st of May 2023". */
const FILLERS = /\b(?:this|the|day|of|as|on|dated|effective|from|until|by)\b/g

/** What is reckoned from a date is another one. */
const RELATIVE = /\b(?:after|before|ago|later|next|last)\b/

interface HowWritten {
  /** 03/04/2024 is the third of April. A first number over 12, and dots, always mean so. */
  readonly dayFirst?: boolean
}

/**
 * The day a text names, as YYYY-MM-DD, of the calendar as written, whatever the time zone; undefined for what is no single full date with a year
 * of four digits: "today", "May 2024", "30 February 2024", "1 to 3 May 2024".
 */
export function normalDate(text: string, { dayFirst = false }: HowWritten = {}): string | undefined {
  const line = text.trim()
  if (line.length > LONGEST) return undefined
  const iso = ISO.exec(line)
  if (iso !== null) return day(iso[1], iso[2], iso[3])
  const numeric = NUMERIC.exec(line)
  if (numeric === null) return fromWords(line)
  const [, first, mark, second, year] = numeric
  return dayFirst || mark === '.' || Number(first) > 12 ? day(year, second, first) : day(year, first, second)
}

function fromWords(line: string): string | undefined {
  const words = line
    .toLowerCase()
    .replaceAll(FILLERS, ' ')
    .replaceAll(/[\s,]+/g, ' ')
    .trim()
  if (!/\b\d{4}\b/.test(words) || RELATIVE.test(words)) return undefined
  const [, date, month, year] = DAY_MONTH.exec(words) ?? []
  if (month !== undefined) return day(year, monthOf(month), date)
  const [, named, ofMonth, inYear] = MONTH_DAY.exec(words) ?? []
  if (named !== undefined) return day(inYear, monthOf(named), ofMonth)
  // The day it is now says nothing of a full date.
  const [found, ...others] = chrono.strict.parse(words, new Date(2000, 0, 1, 12))
  if (found === undefined || others.length > 0 || found.end != null) return undefined
  const rest = words.slice(0, found.index) + words.slice(found.index + found.text.length)
  const { start } = found
  const isFull = start.isCertain('day') && start.isCertain('month') && start.isCertain('year')
  if (!isFull || /\d/.test(rest)) return undefined
  return day(start.get('year'), start.get('month'), start.get('day'))
}

/** 1 to 12, 0 for a word that is no month. */
function monthOf(word: string): number {
  return MONTHS.findIndex((month) => month === word || (word.length <= 4 && month.startsWith(word))) + 1
}

function day(...parts: readonly (string | number | null | undefined)[]): string | undefined {
  const [year = 0, month = 0, date = 0] = parts.map(Number)
  const there = new Date(Date.UTC(year, month - 1, date))
  const isThere = year >= 1000 && there.getUTCMonth() === month - 1 && there.getUTCDate() === date
  return isThere ? there.toISOString().slice(0, 10) : undefined
}
