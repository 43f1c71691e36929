/** What a text that was cut ends in, as every cut of ours and of the adapters is marked. */
const CUT = '…'
/** Less of a secret is of no use, and may be anything. */
const SHORTEST = 8

/** True where something was cut, which is seldom, and quickly told. */
export function hasCuts(text: string): boolean {
  return text.includes(CUT)
}

/**
 * Takes out the beginning of a known value in front of a cut: half a secret is found by no other rule.
 * @param markOf what is put in its place, by the index of the value
 */
export function withoutCutSecrets(
  text: string,
  values: readonly string[],
  markOf: (index: number) => string,
): string {
  let result = ''
  let from = 0
  for (let cut = text.indexOf(CUT); cut !== -1; cut = text.indexOf(CUT, cut + 1)) {
    const found = longestBefore(text, cut, values)
    if (found !== undefined && cut - found.length >= from) {
      result += text.slice(from, cut - found.length) + markOf(found.index)
      from = cut
    }
  }
  return from === 0 ? text : result + text.slice(from)
}

/** The most of a value that stands right before a place, as it is or as JSON escapes it. */
function longestBefore(
  text: string,
  end: number,
  values: readonly string[],
): { readonly index: number; readonly length: number } | undefined {
  let found: { index: number; length: number } | undefined
  for (const [index, value] of values.entries())
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1)])) {
      const most = Math.min(form.length - 1, end)
      for (let length = most; length >= SHORTEST && length > (found?.length ?? 0); length--)
        if (text.startsWith(form.slice(0, length), end - length)) found = { index, length }
    }
  return found
}
