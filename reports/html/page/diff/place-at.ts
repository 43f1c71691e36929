import type { FirstDifference } from './pieces.ts'

/** The line and column of a place in a text. */
export function placeAt(text: string, offset: number): FirstDifference {
  let [line, start] = [1, 0]
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    start = at + 1
  }
  return { line, column: offset - start + 1, offset }
}
