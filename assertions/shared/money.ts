import { currencyIn } from './currencies.ts'
import { plainNumber } from './plain-number.ts'

export interface Money {
  readonly amount: number
  /** ISO 4217; absent where the text names none. */
  readonly currency?: string
}

/** Longer texts are no amounts. */
const LONGEST = 200
/** Not within a word or a number; right behind a currency's code, as in EUR50,000, it may be. */
const NUMBER = /(?:(?<![\p{L}\d.,])|(?<=(?<!\p{L})[A-Z]{3}))\d(?:[\d.,\s'’_]*\d)?/gu
const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  lakh: 1e5,
  m: 1e6,
  mm: 1e6,
  mn: 1e6,
  mio: 1e6,
  mln: 1e6,
  million: 1e6,
  crore: 1e7,
  b: 1e9,
  bn: 1e9,
  mrd: 1e9,
  billion: 1e9,
  tn: 1e12,
  trillion: 1e12,
}

/**
 * The amount a text names, or a number is: "$1.5 million", "EUR 1.234,56", "fifty thousand dollars (US$50,000.00)", "(1,200)". Undefined where there
 * is no number in digits, or several, a percentage or a power of ten.
 */
export function normalMoney(value: string | number): Money | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? { amount: value } : undefined
  const text = value.normalize('NFKC').trim()
  if (text.length > LONGEST) return undefined
  const [found, ...others] = text.matchAll(NUMBER)
  if (found === undefined || others.length > 0) return undefined
  const before = text.slice(0, found.index)
  const after = text.slice(found.index + found[0].length)
  if (/^\s?(?:%|percent)|^e[+-]?\d/i.test(after)) return undefined
  const scale = SCALES[/^[\s-]?([a-z]+?)s?(?![a-z])/i.exec(after)?.[1]?.toLowerCase() ?? '']
  const number = plainNumber(found[0], { groupsThree: scale === undefined })
  if (number === undefined) return undefined
  // Binary fractions: 1.07 billion is 1070000000.0000001 otherwise.
  const size = scale === undefined ? number : Number((number * scale).toPrecision(15))
  const currency = currencyIn(`${before} ${after}`)
  return { amount: isNegative(before, after) ? -size : size, ...(currency === undefined ? {} : { currency }) }
}

/** A minus before the number or its currency, or an accountant's brackets around them alone. */
function isNegative(before: string, after: string): boolean {
  if (/[-−]\s?(?:[A-Z]{0,3}\p{Sc}?\s?)$/u.test(before)) return true
  return /^(?:[A-Z]{3}|\p{Sc})?\s?\((?:[A-Z]{3}|\p{Sc})?\s?$/u.test(before) && after.startsWith(')')
}
