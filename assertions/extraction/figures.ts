import type { FieldsEvidence } from '../../harness/model/evidence.ts'
import type { Compared, Counts } from './compare.ts'

/** A hostile reply can name any number of fields that nobody asked for. */
const MOST_FIELDS = 100
const LONGEST_PATH = 120
const OTHERS = '(other fields)'

/** Each 0 to 1. Where nothing was expected and nothing given all are 1; where only one of the two is empty all are 0. */
export function figuresOf({ right, extra, missing }: Counts): Record<'precision' | 'recall' | 'f1', number> {
  if (right + extra + missing === 0) return { precision: 1, recall: 1, f1: 1 }
  if (right === 0) return { precision: 0, recall: 0, f1: 0 }
  return {
    precision: right / (right + extra),
    recall: right / (right + missing),
    f1: (2 * right) / (2 * right + extra + missing),
  }
}

export function evidenceOf({ fields }: Compared): FieldsEvidence {
  const kept = new Map<string, Counts>()
  // Expected fields come before those that nobody expected.
  const known = [...fields].sort(([, a], [, b]) => Number(isUnknown(a)) - Number(isUnknown(b)))
  for (const [path, counts] of known) {
    const isOther = isUnknown(counts) && (kept.size >= MOST_FIELDS || path.length > LONGEST_PATH)
    const name = isOther ? OTHERS : path === '' ? '(the whole)' : path
    const { right = 0, extra = 0, missing = 0 } = kept.get(name) ?? {}
    kept.set(name, {
      right: right + counts.right,
      extra: extra + counts.extra,
      missing: missing + counts.missing,
    })
  }
  return { kind: 'fields', fields: Object.fromEntries(kept) }
}

function isUnknown({ right, missing }: Counts): boolean {
  return right + missing === 0
}
