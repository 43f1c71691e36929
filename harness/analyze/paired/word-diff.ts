import { createRequire } from 'node:module'
import type * as diff from 'diff'
import type { Change } from '../../model/comparison.ts'

/** What a text's diff is made of. */
export type TextDiff = NonNullable<Change['diff']>

/** Longest text of a part, in UTF-16 units: of what stayed only its ends are of use. */
const KEPT_LIMIT = 240
const CHANGED_LIMIT = 4000

/** Words that may differ before lines are compared instead: finding the shortest way takes time by their square. */
const MOST_EDITS = 1500

type Diff = typeof diff

/** Loaded for the first text that differs: most comparisons have none, and `gate` starts fast. */
function differ(): Diff {
  return createRequire(import.meta.url)('diff') as Diff
}

/** What was changed in a text, word by word; line by line where little stayed as it was; as a whole where not even that tells. */
export function wordDiff(old: string, now: string): TextDiff {
  const { diffWordsWithSpace, diffLines } = differ()
  const limit = { maxEditLength: MOST_EDITS }
  const parts = diffWordsWithSpace(old, now, limit) ??
    diffLines(old, now, limit) ?? [
      { value: old, removed: true, added: false },
      { value: now, added: true, removed: false },
    ]
  return parts
    .filter(({ value }) => value !== '')
    .map(({ value, added, removed }) => {
      const op = added ? 'added' : removed ? 'removed' : 'same'
      return { op, text: shortened(value, op === 'same' ? KEPT_LIMIT : CHANGED_LIMIT) }
    })
}

/** Words of a text. */
export function wordsOf(text: string): number {
  return text.match(/\S+/g)?.length ?? 0
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  const half = limit / 2 - 1
  return `${text.slice(0, half)} … ${text.slice(-half)}`.toWellFormed()
}
