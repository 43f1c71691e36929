/** Of every pair of ASCII characters one. */
const SLOTS = 128 * 128

/**
 * Tells whether a text holds any of several words, in a time that hardly depends on how many there are. After Wu and Manber (1994):
 * what the last two characters of a window are says how far the next one may be.
 * @param words of two characters or more
 */
export function literalScan(words: readonly string[]): { test(text: string): boolean } {
  const length = Math.min(...words.map((word) => word.length))
  const heads = new Set(words.map((word) => word.slice(0, length)))
  const shifts = new Uint8Array(SLOTS).fill(Math.min(length - 1, 255))
  for (const head of heads) {
    for (let end = 1; end < length; end++) {
      const slot = slotOf(head.charCodeAt(end - 1), head.charCodeAt(end))
      shifts[slot] = Math.min(shifts[slot] as number, length - 1 - end)
    }
  }
  return {
    test(text) {
      for (let end = length - 1; end < text.length;) {
        const shift = shifts[slotOf(text.charCodeAt(end - 1), text.charCodeAt(end))] as number
        if (shift > 0) {
          end += shift
          continue
        }
        const start = end + 1 - length
        if (heads.has(text.slice(start, end + 1)) && words.some((word) => text.startsWith(word, start)))
          return true
        end++
      }
      return false
    },
  }
}

function slotOf(first: number, second: number): number {
  return ((first << 7) ^ second) & (SLOTS - 1)
}
