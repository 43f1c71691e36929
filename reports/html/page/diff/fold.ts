/** Lines, and UTF-16 units, of a text that both have which are shown whole. */
const LONGEST = { lines: 40, units: 4_000 }

/** What stays of it on either side when the middle is folded. */
const CONTEXT = { lines: 3, units: 300 }

export interface Folded {
  readonly head: string
  readonly middle: string
  readonly tail: string
  /** Ends of lines in the middle. */
  readonly lines: number
}

/** Folds the middle of a long text that did not change. At the ends of the whole comparison nothing is kept. */
export function fold(
  text: string,
  edge: { readonly first: boolean; readonly last: boolean },
): Folded | undefined {
  if (text.length <= LONGEST.units && countLines(text) <= LONGEST.lines) return undefined
  const head = edge.first ? 0 : headLength(text)
  const tail = edge.last ? text.length : text.length - tailLength(text)
  const middle = text.slice(head, tail)
  return { head: text.slice(0, head), middle, tail: text.slice(tail), lines: countLines(middle) }
}

export function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** The first lines, or as much of them as may stay. */
function headLength(text: string): number {
  let end = 0
  for (let line = 0; line < CONTEXT.lines; line++) {
    const next = text.indexOf('\n', end) + 1
    if (next === 0 || next > CONTEXT.units) break
    end = next
  }
  return end > 0 ? end : whole(text, CONTEXT.units)
}

function tailLength(text: string): number {
  // A last line that does not end is a line too; the end of one that does is not the end of the line before.
  let start = text.length
  for (let line = 0; line < CONTEXT.lines; line++) {
    const next = text.lastIndexOf('\n', start - 2) + 1
    if (next === 0 || text.length - next > CONTEXT.units) break
    start = next
  }
  return start < text.length ? text.length - start : text.length - whole(text, text.length - CONTEXT.units)
}

/** A place to cut at which is not within a pair of surrogates. */
function whole(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at
}
