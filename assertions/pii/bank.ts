import validator from 'validator'
import { matches, type Finder, type Found } from './found.ts'

const IBAN = /(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z\d]){11,30}/g
const SHORTEST_IBAN = 15
const CARD = /(?<![\d.,-])\d(?:[ -]?\d){13,18}(?![\d]|[.,]\d)/g

/** Account numbers that have their country's length and whose check digits are right (ISO 13616, mod 97). */
export const ibans: Finder = (text) =>
  Array.from(text.matchAll(IBAN)).flatMap(({ 0: run, index }) => {
    const length = ibanIn(run)
    return length === undefined ? [] : [{ start: index, end: index + length }]
  })

/** The words behind an account number may look like more of it. */
function ibanIn(run: string): number | undefined {
  let bare = ''
  for (let at = 0; at < run.length; at++) {
    const unit = run[at] ?? ''
    if (unit === ' ' || unit === '-') continue
    bare += unit
    const isEnd = !/[A-Za-z\d]/.test(run[at + 1] ?? '')
    if (bare.length >= SHORTEST_IBAN && isEnd && validator.isIBAN(bare.toUpperCase())) return at + 1
  }
  return undefined
}

/** Payment cards: an issuer's first digits, its length (no longer 13), and Luhn's check digit. */
export const cards: Finder = (text): Found[] =>
  matches(text, CARD, (number) => validator.isCreditCard(number.replaceAll(/[ -]/g, '')))
