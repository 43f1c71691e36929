const QUANTIFIER = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y

/** A pattern in its parts, as far as the cost of matching depends on them. */
export interface PatternShape {
  /** Most characters each repeated atom may take; Infinity for `*`, `+` and `{n,}`. */
  readonly repeats: readonly number[]
  /** Ways through the alternatives: the product, over all groups, of how many each has. */
  readonly branches: number
  readonly length: number
}

/**
 * The shape of a pattern made only of characters, escapes, classes, anchors, plain groups and repeated single atoms;
 * undefined for any other (groups that repeat, lookarounds, backreferences): no product bounds their cost.
 * The pattern must be one `RegExp` accepts.
 */
export function patternShape(pattern: string): PatternShape | undefined {
  const repeats: number[] = []
  /** Alternatives so far of the groups that are open; the first is the pattern itself. */
  const open = [1]
  let branches = 1
  let afterGroup = false
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at]
    const quantifier = quantifierAt(pattern, at)
    if (quantifier !== undefined) {
      if (afterGroup && quantifier.most > 1) return undefined
      repeats.push(quantifier.most)
      at += quantifier.length
      continue
    }
    afterGroup = char === ')'
    if (char === ')') branches *= open.pop() ?? 1
    if (char === '(') {
      const opening = /^\((?:\?:|(?!\?))/.exec(pattern.slice(at, at + 3))
      if (opening === null) return undefined
      open.push(1)
      at += opening[0].length
    } else if (char === '[') at = classEnd(pattern, at)
    else if (char === '\\') {
      // Backreferences, by number or name.
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) return undefined
      at += 2
    } else {
      if (char === '|') open.push((open.pop() ?? 1) + 1)
      at += 1
    }
  }
  return { repeats, branches: branches * (open.pop() ?? 1), length: pattern.length }
}

/**
 * No fewer steps than a backtracking matcher takes on a text of `textLength`: every start, times every way to share
 * the text out among the repeats, times every choice of alternatives.
 */
export function stepBound(shape: PatternShape, textLength: number): number {
  const ways = shape.repeats.reduce((product, most) => product * (Math.min(most, textLength) + 1), 1)
  return (textLength + 1) * ways * shape.branches * (shape.length + 1)
}

function quantifierAt(pattern: string, at: number): { length: number; most: number } | undefined {
  QUANTIFIER.lastIndex = at
  const match = QUANTIFIER.exec(pattern)
  if (match === null) return undefined
  const [text, least, range, most] = match
  if (least === undefined) return { length: text.length, most: text.startsWith('?') ? 1 : Infinity }
  if (range === undefined) return { length: text.length, most: Number(least) }
  return { length: text.length, most: most ? Number(most) : Infinity }
}

/** Index past the `]` that ends the class opened at `at`. */
function classEnd(pattern: string, at: number): number {
  let end = at + 1
  while (end < pattern.length && pattern[end] !== ']') end += pattern[end] === '\\' ? 2 : 1
  return end + 1
}
