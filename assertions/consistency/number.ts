import { quoted } from '../shared/quote.ts'
import type { Reduced } from './reduce.ts'

const NUMBER =
  /(?<![\p{L}\d.,])[-−]?(?:\d{1,3}(?:['’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*(?:e[+-]?\d{1,4}(?!\d))?)/giu
const GROUPED = /^(?:\d{1,3}(?:[,'’ \u00a0\u202f]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?:\.\d+)?$/
const SPACED_DECIMAL_COMMA = /^\d{1,3}(?:[ \u00a0\u202f]\d{3})+,\d+$/
const GROUPED_BY_DOTS = /^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/
const DECIMAL_COMMA = /^\d+,\d+$/

/** The one number that a text has, however often; several different ones are none. Thousands may be grouped; a single comma before other than three digits is a decimal one. */
export function onlyNumber(text: string): Reduced {
  const numbers = new Set<number>()
  for (const [written] of text.matchAll(NUMBER)) {
    const value = valueOf(written)
    if (Number.isFinite(value)) numbers.add(value === 0 ? 0 : value)
    if (numbers.size > 1) return { problem: `has several numbers: ${quoted(text)}` }
  }
  const [only] = numbers
  return only === undefined ? { problem: `has no number: ${quoted(text)}` } : { answer: String(only) }
}

function valueOf(written: string): number {
  const isNegative = /^[-−]/.test(written)
  const bare = written.replace(/^[-−]/, '').replace(/[.,'\s]+$/, '')
  return (isNegative ? -1 : 1) * Number(digitsOf(bare))
}

function digitsOf(bare: string): string {
  if (GROUPED.test(bare)) return bare.replaceAll(/[,'’\s]/g, '')
  if (SPACED_DECIMAL_COMMA.test(bare)) return bare.replaceAll(/\s/g, '').replace(',', '.')
  if (GROUPED_BY_DOTS.test(bare)) return bare.replaceAll('.', '').replace(',', '.')
  return DECIMAL_COMMA.test(bare) ? bare.replace(',', '.') : bare
}
