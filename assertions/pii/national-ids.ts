import validator from 'validator'
import { before, matches, type Finder } from './found.ts'

const SSN = /(?<![\d-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g
const BARE_SSN = /(?<!\d)(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}(?!\d)/g
const SSN_LABEL = /(?:\bssn\b|social security)[^\d]{0,20}$/i

/** United States Social Security numbers in the ranges that are given out; without hyphens only behind their name. */
export const ssns: Finder = (text) => [
  ...matches(text, SSN, (match, start) => !match.includes(' ') || SSN_LABEL.test(before(text, start))),
  ...matches(text, BARE_SSN, (_, start) => SSN_LABEL.test(before(text, start))),
]

const NINO =
  /(?<![A-Za-z\d])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z\d])/gi

/** United Kingdom National Insurance numbers. */
export const ninos: Finder = (text) => matches(text, NINO)

const STEUER_ID = /(?<!\d)[1-9]\d(?: ?\d{3}){3}(?!\d)/g
const STEUER_LABEL = /(?:steuer|idnr|tax id|tin)\D{0,24}$/i

/** German tax identification numbers behind their name, with the right check digit. */
export const steuerIds: Finder = (text) =>
  matches(
    text,
    STEUER_ID,
    (match, start) =>
      STEUER_LABEL.test(before(text, start)) && validator.isTaxID(match.replaceAll(' ', ''), 'de-DE'),
  )
