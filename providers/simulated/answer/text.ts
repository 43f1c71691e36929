const STOP_WORDS = new Set(
  `a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its
  me my not of on or our she so that the their them then there they this to was we were what when where which who whom
  whose why will with would you your about please tell give find according many much any all`.split(/\s+/),
)

/** Cuts text into sentences; a line of its own is one too. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?]["')\]]?)\s+(?=["'([]?[\p{Lu}\d])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

/** The words that carry a text's subject, in their rough stems. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
  return words.filter((word) => !STOP_WORDS.has(word)).map(stem)
}

/** Rough: without a plural or verb ending, at most seven letters. */
export function stem(word: string): string {
  return word.replace(/(?:ies|es|s|ed|ing|e|y)$/, '').slice(0, 7) || word
}
