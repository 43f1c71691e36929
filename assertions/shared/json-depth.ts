/** What recursion over a value, ours and that of libraries, can be trusted with. */
export const MOST_LEVELS = 500

/** Where a JSON text opens one level too many; undefined where it does not. Strings are skipped, so broken JSON may mislead it, harmlessly. */
export function tooDeepAt(text: string): number | undefined {
  let level = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at)
    if (code === 0x22) at = stringEnd(text, at)
    else if (code === 0x7b || code === 0x5b) {
      if (++level > MOST_LEVELS) return at
    } else if (code === 0x7d || code === 0x5d) level--
  }
  return undefined
}

/** Index of the quote that closes the string opened at `start`; the text's length where none does. */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.codePointAt(at)
    if (code === 0x5c) at++
    else if (code === 0x22) return at
  }
  return text.length
}

/** Whether a value holds more levels of lists and objects than that; without recursion, so that none is too deep to ask. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value]
  for (let depth = 0; depth <= MOST_LEVELS; depth++) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item as Record<string, unknown>) : [],
    )
    if (level.length === 0) return false
  }
  return true
}
