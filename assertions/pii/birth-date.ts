import type { Finder } from './found.ts'

const LABEL = String.raw`(?<![\p{L}])(?:date of birth|d\.?o\.?b\.?|born(?: on)?|birth ?date|birthday|geburtsdatum|geb\.|geboren(?: am)?)`
const BETWEEN = String.raw`(?:\s?["']?\s?(?:is|was|:|=|,|-|–)){0,2}\s{0,3}["']?(?:on )?`
const MONTH = String.raw`\p{L}{3,9}\.?`
const DATE = String.raw`(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of\s)?${MONTH},?\s\d{4}|${MONTH}\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})`
const BIRTH = RegExp(`${LABEL}${BETWEEN}(${DATE})(?!\\d)`, 'giu')

/** Dates of birth: only where they are called so. A year alone is none. */
export const birthDates: Finder = (text) =>
  Array.from(text.matchAll(BIRTH), ({ 0: whole, 1: date = '', index }) => {
    const end = index + whole.length
    return { start: end - date.length, end }
  })
