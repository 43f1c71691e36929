import type { Mention } from './mention.ts'

const CODES = 'USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|SEK|NOK|DKK|PLN|CZK|INR|CNY'
const SYMBOLS: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY', '₹': 'INR' }
const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
const SCALE = String.raw`(?:\s?(?:million|thousand)\b)?`
const BEFORE = new RegExp(String.raw`(?:\b(${CODES})\s?|([€$£¥₹])\s?)(${NUMBER})(${SCALE})`, 'gu')
const AFTER = new RegExp(String.raw`\b(${NUMBER})(${SCALE})\s?(?:(${CODES})\b|([€£¥₹]))`, 'gu')

/** The sums of money in a sentence, in order. */
export function moneyIn(sentence: string): Mention[] {
  const found = [
    ...[...sentence.matchAll(BEFORE)].map((match) => sum(match, match[1] ?? match[2], match[3], match[4])),
    ...[...sentence.matchAll(AFTER)].map((match) => sum(match, match[3] ?? match[4], match[1], match[2])),
  ].toSorted((left, right) => left.start - right.start)
  return found.filter(({ start }, index) => start >= (found[index - 1]?.end ?? 0))
}

function sum(match: RegExpExecArray, currency = '', digits = '', scale = ''): Mention {
  const factor = scale.includes('million') ? 1_000_000 : scale.includes('thousand') ? 1000 : 1
  const [verbatim] = match
  return {
    start: match.index,
    end: match.index + verbatim.length,
    verbatim,
    bare: verbatim,
    number: Number(digits.replaceAll(',', '')) * factor,
    unit: SYMBOLS[currency] ?? currency,
  }
}
