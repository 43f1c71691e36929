import { columnName, type Change, type RunComparison } from '../../harness/model/comparison.ts'
import { plainText } from './plain.ts'
import { limited, type Line, type Piece, type Section, section } from './section.ts'

/** UTF-16 units of unchanged text that are kept beside a change. */
const CONTEXT = 24

/** What is another now than when the baseline was made. */
export function changesSection(
  { changes }: RunComparison,
  limit: { readonly changes: number; readonly diff: number },
): Section[] {
  const lines = changes.map((change) => changeLine(change, limit.diff))
  const none: Line = {
    text: 'Nothing that is on record: the prompts, models, cases and checks are the same.',
  }
  return section(
    'What changed',
    lines.length === 0 ? [none] : limited(lines, limit.changes, 'in analysis.json'),
  )
}

function changeLine({ kind, what, column, diff = [] }: Change, limit: number): Line {
  // What is told of a prompt or a provider holds in every column that has it.
  const isOfColumn = kind !== 'prompt' && kind !== 'provider' && kind !== 'model'
  const name = column === undefined || !isOfColumn ? '' : columnName(column)
  const pieces = excerpt(diff, limit)
  return {
    text: name === '' || what.includes(name) ? what : `${name}: ${what}`,
    ...(pieces.length > 0 && { diff: pieces }),
  }
}

/** The changed words with a little of what stands around them, in about `limit` units; nothing where nothing changed. */
export function excerpt(diff: readonly Piece[], limit: number): Piece[] {
  if (!diff.some(({ op }) => op !== 'same')) return []
  const pieces: Piece[] = []
  let used = 0
  for (const [i, { op, text }] of diff.entries()) {
    const whole = op === 'same' || !/^\s*\n\s*$/.test(text) ? plainText(text).replace(/\s+/g, ' ') : '⏎'
    const shown = op === 'same' ? shorten(whole, i > 0, i < diff.length - 1) : middle(whole, limit / 2)
    if (shown === '') continue
    if (used + shown.length > limit && pieces.some((piece) => piece.op !== 'same')) {
      pieces.push({ op: 'same', text: '…' })
      break
    }
    used += shown.length
    pieces.push({ op, text: shown })
  }
  return pieces
}

/** Unchanged text: its end before a change, its beginning after one. */
function shorten(text: string, afterChange: boolean, beforeChange: boolean): string {
  const head = afterChange ? CONTEXT : 0
  const tail = beforeChange ? CONTEXT : 0
  if (text.length <= head + tail + 10) return text
  return `${text.slice(0, head)}…${tail === 0 ? '' : text.slice(-tail)}`.toWellFormed()
}

function middle(text: string, limit: number): string {
  if (text.length <= limit) return text
  const half = Math.floor((limit - 1) / 2)
  return `${text.slice(0, half)}…${text.slice(-half)}`.toWellFormed()
}

/** A diff where there is no colour: `[-removed-]{+added+}`. */
export function marked(piece: Piece): string {
  if (piece.op === 'same') return piece.text
  return piece.op === 'removed' ? `[-${piece.text}-]` : `{+${piece.text}+}`
}
