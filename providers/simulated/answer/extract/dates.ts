import type { Mention } from './mention.ts'

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/g
const DAY_FIRST = new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTH}),? (\d{4})\b`, 'gi')
const MONTH_FIRST = new RegExp(String.raw`\b(${MONTH}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`, 'gi')

/** The days a sentence names in full, in order. */
export function datesIn(sentence: string): Mention[] {
  return [
    ...[...sentence.matchAll(ISO)].map((match) => dated(match, match[1], match[2], match[3])),
    ...[...sentence.matchAll(DAY_FIRST)].map((match) => dated(match, match[3], monthOf(match[2]), match[1])),
    ...[...sentence.matchAll(MONTH_FIRST)].map((match) =>
      dated(match, match[3], monthOf(match[1]), match[2]),
    ),
  ].toSorted((left, right) => left.start - right.start)
}

function monthOf(name = ''): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1)
}

function dated(match: RegExpExecArray, year = '', month = '', day = ''): Mention {
  const [verbatim] = match
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return { start: match.index, end: match.index + verbatim.length, verbatim, bare: verbatim, iso }
}
