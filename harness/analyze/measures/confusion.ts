import type { LabelEvidence } from '../../model/evidence.ts'

/** What an abstention is called among the classes; a case expects it where no label is right. */
export const ABSTAINED = 'abstained'
/** A reply with none of the labels: a miss of the class that was expected, and no class itself. */
const NO_LABEL = 'no label'

/** A reply, as one cell of a confusion matrix. */
export interface Classified {
  readonly caseId: string
  readonly expected: string
  /** Null for a reply with none of the labels. */
  readonly predicted: string | null
}

export function classified(caseId: string, { expected, predicted, abstained }: LabelEvidence): Classified {
  return { caseId, expected, predicted: abstained === true ? ABSTAINED : predicted }
}

/** How often each class was expected, predicted, and both. */
export interface ClassCounts {
  readonly right: number
  readonly expected: number
  readonly predicted: number
}

/** The classes of a column: every label that is expected or predicted; abstaining where it was expected. By name. */
export function classesOf(replies: readonly Classified[]): readonly string[] {
  const expected = new Set(replies.map((reply) => reply.expected))
  const predicted = replies.flatMap((reply) => reply.predicted ?? [])
  const classes = new Set([...expected, ...predicted.filter((label) => label !== ABSTAINED)])
  return [...classes].sort(byName)
}

/**
 * F1 of a class, 2·right / (expected + predicted); null for one that is neither expected nor predicted. The macro-average is over the
 * others, each at the same weight (as scikit-learn has it).
 */
export function f1({ right, expected, predicted }: ClassCounts): number | null {
  return expected + predicted === 0 ? null : (2 * right) / (expected + predicted)
}

/** Null for a class that no case expects. */
export function recall({ right, expected }: ClassCounts): number | null {
  return expected === 0 ? null : right / expected
}

/** Null for a class that no reply gives. */
export function precision({ right, predicted }: ClassCounts): number | null {
  return predicted === 0 ? null : right / predicted
}

/** Rows are what was expected, columns what the replies say: labels, then the abstentions, then replies with none. */
export function confusionMatrix(replies: readonly Classified[]): {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly head: string; readonly cells: readonly number[] }[]
} {
  const labels: readonly (string | null)[] = classesOf(replies).filter((label) => label !== ABSTAINED)
  const last = [ABSTAINED, null].filter((answer) => replies.some(({ predicted }) => predicted === answer))
  const columns = [...labels, ...last]
  const counts = new Map<string, number>()
  for (const { expected, predicted } of replies) {
    const key = JSON.stringify([expected, predicted])
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const heads = [...new Set(replies.map(({ expected }) => expected))].sort(byName)
  const rows = heads.map((head) => ({
    head,
    cells: columns.map((column) => counts.get(JSON.stringify([head, column])) ?? 0),
  }))
  return { columns: columns.map((column) => column ?? NO_LABEL), rows }
}

function byName(a: string, b: string): number {
  // Abstaining is no label: it comes after them.
  if ((a === ABSTAINED) !== (b === ABSTAINED)) return a === ABSTAINED ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}
