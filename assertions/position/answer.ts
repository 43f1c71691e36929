import { skeleton } from '../shared/confusables.ts'

/** Enough of any reply to find an answer in; bounds the time. */
const LONGEST = 1_000_000

/**
 * The text as answers are compared: as the eye takes it (case, full width, look-alikes), quotation marks and Markdown's emphasis left
 * out, digits without thousands separators, blanks alike, and around a long dash, which parts sentences.
 */
export function comparable(text: string): string {
  return skeleton(text.slice(0, LONGEST).replaceAll(/[—―]/g, ' — '))
    .replaceAll(/["“”„«»*_]/g, '')
    .replaceAll(/(?<=(?<!\d)\d{1,3}),(?=\d{3}(?!\d))/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/**
 * Whether a comparable text holds a comparable answer as words of their own: `7` is not in `17`, `7.5`, `-7` or `K-7`; `blue` is not in
 * `blueish`. Scripts without spaces between words have no such borders.
 */
export function holds(text: string, answer: string): boolean {
  return !placesOf(text, answer).next().done
}

/** The text without an answer that it holds. */
export function without(text: string, answer: string): string {
  let kept = ''
  let from = 0
  for (const at of placesOf(text, answer)) {
    kept += `${text.slice(from, at)} | `
    from = at + answer.length
  }
  return kept + text.slice(from)
}

/** Where a text holds an answer, apart from places that overlap the one before. */
function* placesOf(text: string, answer: string): Generator<number, undefined> {
  const isNumber = /^\p{N}/u.test(answer)
  for (let at = text.indexOf(answer); at !== -1; at = text.indexOf(answer, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at)
    const after = text.slice(at + answer.length, at + answer.length + 2)
    if (CONTINUES_AFTER.test(after) || CONTINUES_BEFORE.test(before)) continue
    if (isNumber && before.endsWith('-')) continue
    yield at
    at += answer.length - 1
  }
}

/** A letter or digit of a script that has spaces between words. */
const SPACED = String.raw`[[\p{L}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]`
/** Such a letter, or one with a mark that joins it to what follows. */
const CONTINUES_BEFORE = new RegExp(String.raw`${SPACED}$|${SPACED}[\-\/]$|\p{N}[.,:]$`, 'v')
const CONTINUES_AFTER = new RegExp(String.raw`^${SPACED}|^\p{M}|^[\-\/]${SPACED}|^[.,:]\p{N}`, 'v')
