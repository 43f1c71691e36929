import type { RowLines } from '../../data/row-lines.ts'
import { LINES_PER_ROW, recordOf, rowLines } from '../../data/row-lines.ts'
import { searchedTexts } from './searched-texts.ts'

/** What JSON writes otherwise than it reads: what lies between such characters stands in a line of JSON as it is. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u

/** Words to be found together in the texts of a row, whatever their case. */
export interface Query {
  /** One for each word, for the texts themselves. */
  readonly words: readonly RegExp[]
  /** For each word that has one, its longest part that JSON leaves as it is. */
  readonly parts: readonly RegExp[]
  /** The longest of those, to find rows by; undefined where there is none. */
  readonly first: RegExp | undefined
}

export function queryOf(words: readonly string[]): Query {
  const parts = words.map((word) => longest(word.split(ESCAPED))).filter((part) => part !== '')
  const first = longest(parts)
  return {
    words: words.filter((word) => word !== '').map((word) => patternOf(word, 'iu')),
    parts: parts.map((part) => patternOf(part, 'iu')),
    first: first === '' ? undefined : patternOf(first, 'giu'),
  }
}

/**
 * Finds the rows of a block that a query holds for, as places in it, ascending. Most rows are passed over as they stand; those whose
 * lines may hold the words are parsed to see whether they do.
 */
export function searchBlock(text: string, query: Query): number[] {
  const lines = text.split('\n')
  lines.pop()
  const rows = lines.length / LINES_PER_ROW
  const found: number[] = []
  for (const place of candidates(text, rows, query.first)) {
    const row = rowLines(lines, rows, place)
    if (mayHold(row, query.parts) && holds(row, query.words)) found.push(place)
  }
  return found.sort((a, b) => a - b)
}

/** Rows with a line that the pattern is in. */
function candidates(text: string, rows: number, pattern: RegExp | undefined): Iterable<number> {
  if (pattern === undefined) return Array.from({ length: rows }, (_, place) => place)
  const places = new Set<number>()
  let [line, start] = [0, 0]
  pattern.lastIndex = 0
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
    let end = text.indexOf('\n', start)
    for (; end !== -1 && end < hit.index; end = text.indexOf('\n', start)) {
      start = end + 1
      line++
    }
    places.add(line % rows)
    if (end === -1) break
    pattern.lastIndex = end
  }
  return places
}

function mayHold(row: RowLines, parts: readonly RegExp[]): boolean {
  return parts.every((part) => row.some((line) => part.test(line)))
}

function holds(row: RowLines, words: readonly RegExp[]): boolean {
  const missing = new Set(words)
  for (const text of searchedTexts(recordOf(row, ''))) {
    for (const word of missing) if (word.test(text)) missing.delete(word)
    if (missing.size === 0) return true
  }
  return missing.size === 0
}

function longest(parts: readonly string[]): string {
  return parts.reduce((best, part) => (part.length > best.length ? part : best), '')
}

function patternOf(text: string, flags: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), flags)
}
