import { stringEnd } from './json-depth.ts'

/** A part of a reply that is meant as JSON. Offsets in UTF-16 units. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly how: 'fenced' | 'prose'
}

/** The longest part of a reply that is meant as JSON: in a code fence if there is one with JSON in it, else in between words. */
export function longestPiece(text: string): Piece | undefined {
  return longestOf(fenced(text)) ?? longestOf(inProse(text))
}

function longestOf(pieces: Iterable<Piece>): Piece | undefined {
  let longest: Piece | undefined
  for (const piece of pieces)
    if (longest === undefined || piece.end - piece.start > longest.end - longest.start) longest = piece
  return longest
}

/** The insides of fences that are tagged `json` or begin like it; one that is never closed reaches to the end. */
function* fenced(text: string): Generator<Piece> {
  let open: { readonly marker: string; readonly tag: string; readonly start: number } | undefined
  for (let at = 0; at <= text.length;) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    // A fence's line is short; what is longer is content.
    const line = text.slice(at, Math.min(end, at + 100)).trim()
    const marker = line.startsWith('```') ? '```' : line.startsWith('~~~') ? '~~~' : undefined
    if (open === undefined && marker !== undefined && !/[[{]/.test(line))
      open = { marker, tag: line.slice(3).trim().toLowerCase(), start: Math.min(end + 1, text.length) }
    else if (open !== undefined && line === open.marker) {
      if (isMeant(text, open, at)) yield { start: open.start, end: at, how: 'fenced' }
      open = undefined
    }
    at = end + 1
  }
  if (open === undefined) return
  const rest = text.trimEnd()
  const end = rest.endsWith(open.marker) ? rest.length - open.marker.length : text.length
  if (end > open.start && isMeant(text, open, end)) yield { start: open.start, end, how: 'fenced' }
}

function isMeant(text: string, { tag, start }: { tag: string; start: number }, end: number): boolean {
  return tag.startsWith('json') || opensJson(text.slice(start, Math.min(end, start + 1000)).trimStart(), 0)
}

/** Balanced stretches that begin like an object or a list of values; one that never closes reaches to the end. */
function* inProse(text: string): Generator<Piece> {
  const opener = /[[{]/g
  for (let found = opener.exec(text); found !== null; found = opener.exec(text)) {
    if (!opensJson(text, found.index)) continue
    const end = balancedEnd(text, found.index)
    yield { start: found.index, end, how: 'prose' }
    opener.lastIndex = end
  }
}

/** An object with a key in quotes, or a list of things that are no words: "[see below]" is none. */
function opensJson(text: string, at: number): boolean {
  const isObject = text[at] === '{'
  if (!isObject && text[at] !== '[') return false
  const inside = /\S/g
  inside.lastIndex = at + 1
  const next = inside.exec(text)?.[0]
  return next === undefined || (isObject ? '"}' : '"[{]-0123456789').includes(next)
}

function balancedEnd(text: string, start: number): number {
  const marks = /["[\]{}]/g
  marks.lastIndex = start
  let level = 0
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    if (found[0] === '"') marks.lastIndex = stringEnd(text, found.index) + 1
    else if (found[0] === '{' || found[0] === '[') level++
    else if (--level === 0) return found.index + 1
  }
  return text.length
}
