import { before, matches, type Finder } from './found.ts'

const CANDIDATE = /(?<![\p{L}\d+.,/_-])\(?(?:\+\s?)?\(?\d(?:[\s()./-]{0,3}\d){6,16}(?![\p{L}\d_]|[.,/-]\d)/gu
const PHONE_LABEL =
  /(?:phones?|telephone|tel|telefon|mobile|mobil|cell|handy|fax|call|whatsapp|sms|hotline|rufnummer)\b[^\d+(]{0,16}$/i
/** What is numbered, and is no telephone. */
const OTHER_LABEL =
  /(?:orders?|invoice|ticket|case|ref(?:erence)?|tracking|account|customer|serial|part|sku|isbn|issn|doi|no|nr|id|#|version|vat|iban|card|policy|bestellung|rechnung|kundennummer|auftrag)[\s.:#°–-]{0,4}(?:(?:no|nr|number|id|nummer|is)\b)?[\s.:#°–-]{0,4}$/i
const DATE = /^\(?(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})/
const NORTH_AMERICAN = /^(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}$/
/** With the prefix of calls within a country: 020 7946 0958, 0171/1234567, (030) 123456, 06 12 34 56 78. */
const NATIONAL = /^\(?0[1-9]\d{0,4}\)?(?:[ ./-]{1,3}\d{2,8}){1,5}$/
const INTERNATIONAL = /^\(?(?:\+\s?|00[ .-]?)\(?[1-9]/

/**
 * Telephone numbers: international ones, and those in a form that is common in North America and Europe. Digits in a row are one only
 * behind a word that says so; what follows "order" or "invoice" is none.
 */
export const phones: Finder = (text) =>
  matches(text, CANDIDATE, (number, start) => isPhone(number.trim(), before(text, start)))

function isPhone(number: string, label: string): boolean {
  const digits = number.replaceAll(/\D/g, '').length
  if (digits > 15 || DATE.test(number)) return false
  if (/^\(?\+/.test(number)) return digits >= 8 && INTERNATIONAL.test(number)
  if (PHONE_LABEL.test(label)) return digits >= 7
  if (OTHER_LABEL.test(label)) return false
  if (/^\(?00/.test(number)) return digits >= 11 && INTERNATIONAL.test(number) && /\d[\s./-]+\d/.test(number)
  if (NORTH_AMERICAN.test(number)) return true
  return digits >= 9 && digits <= 12 && NATIONAL.test(number)
}
