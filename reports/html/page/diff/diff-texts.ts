import { commonEnds } from './common-ends.ts'
import { placeAt } from './place-at.ts'
import { linesOf, tokenDiff, wordsOf } from './token-diff.ts'
import { type DiffLimits, DIFF_LIMITS, type Piece, type TextDiff } from './pieces.ts'

/** Below this part of the longer text in common, one word at a time says less than both texts do. */
const LEAST_SHARED = 0.15

/**
 * Compares two texts as finely as can be done at once: by words, else by lines with the words of lines that changed, else it only tells
 * where they part. What both begin and end with is never compared, so that a word that changed in 5 MB is still found.
 */
export function diffTexts(before: string, after: string, limits: DiffLimits = DIFF_LIMITS): TextDiff {
  if (before === after) return { kind: 'same' }
  const { head, tail, first } = commonEnds(before, after)
  const old = before.slice(head, before.length - tail)
  const now = after.slice(head, after.length - tail)
  const around = (by: 'words' | 'lines', pieces: readonly Piece[]): TextDiff => {
    const all: Piece[] = [
      { op: 'same', text: after.slice(0, head) },
      ...pieces,
      { op: 'same', text: after.slice(after.length - tail) },
    ]
    return { kind: 'pieces', by, pieces: all.filter(({ text }) => text !== '') }
  }
  const words = byWords(old, now, limits)
  if (words !== undefined) return around('words', words)
  const lines = byLines(old, now, limits)
  if (lines !== undefined) return around('lines', lines)
  return { kind: 'different', at: placeAt(before, first) }
}

function byWords(old: string, now: string, limits: DiffLimits): Piece[] | undefined {
  const { wordUnits, wordEdits, timeoutMs } = limits
  if (old.length + now.length > wordUnits) return undefined
  if (old === '' || now === '') return whole(old, now)
  const pieces = tokenDiff(wordsOf(old), wordsOf(now), { maxEditLength: wordEdits, timeout: timeoutMs })
  if (pieces === undefined || pieces.length > limits.pieces) return undefined
  return isShared(pieces, Math.max(old.length, now.length)) ? pieces : whole(old, now)
}

/** Lines that changed are compared by words, as long as there is time for it. */
function byLines(old: string, now: string, limits: DiffLimits): Piece[] | undefined {
  const pieces = tokenDiff(linesOf(old), linesOf(now), {
    maxEditLength: limits.lineEdits,
    timeout: limits.timeoutMs,
  })
  if (pieces === undefined) return undefined
  if (pieces.some(({ op, text }) => op !== 'same' && text.length > limits.wordUnits)) return undefined
  let left = limits.wordUnits
  return pieces.flatMap((piece, i) => {
    const [previous, next] = [pieces[i - 1], pieces[i + 1]]
    if (piece.op === 'added' && previous?.op === 'removed') return []
    if (piece.op !== 'removed' || next?.op !== 'added') return [piece]
    left -= piece.text.length + next.text.length
    const few = { ...limits, wordEdits: limits.wordEdits / 20, timeoutMs: limits.timeoutMs / 8 }
    return (left > 0 ? byWords(piece.text, next.text, few) : undefined) ?? [piece, next]
  })
}

function whole(old: string, now: string): Piece[] {
  const pieces: Piece[] = [
    { op: 'removed', text: old },
    { op: 'added', text: now },
  ]
  return pieces.filter(({ text }) => text !== '')
}

function isShared(pieces: readonly Piece[], longer: number): boolean {
  const shared = pieces.reduce(
    (sum, { op, text }) => (op === 'same' ? sum + text.replace(/\s+/g, '').length : sum),
    0,
  )
  return shared >= longer * LEAST_SHARED
}
