import Diff from 'diff/lib/diff/base.js'
import type { Piece } from './pieces.ts'

/** Scripts that put no space between words: each of their characters is compared by itself. */
const UNSPACED = '\\p{Ideographic}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}'

const WORD = new RegExp(`(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}_])+|[^\\S\\r\\n]+|\\r?\\n|[^]\\p{M}*`, 'gu')

const LINE = /[^\n]*\n|[^\n]+/g

interface Limits {
  readonly maxEditLength: number
  /** ms. */
  readonly timeout: number
}

/** Words, stretches of space, ends of lines and signs, which together are the text. */
export function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? []
}

/** Lines with their ends, which together are the text. */
export function linesOf(text: string): readonly string[] {
  return text.match(LINE) ?? []
}

/** What is to be removed and added, by Myers' method. Undefined where that takes too many edits or too long. */
export function tokenDiff(
  old: readonly string[],
  now: readonly string[],
  limits: Limits,
): Piece[] | undefined {
  const changes = new TokenDiff().diff(old, now, limits)
  return changes?.map(({ added, removed, value }) => ({
    op: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

class TokenDiff extends Diff<string, readonly string[]> {
  override tokenize(tokens: readonly string[]): string[] {
    return [...tokens]
  }
  override join(tokens: string[]): readonly string[] {
    return tokens
  }
}
