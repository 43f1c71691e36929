/** The answers to one case, over its repeats: how often each was given. A reply without an answer agrees with nothing. */
export interface Answers {
  readonly replies: number
  /** By the answer, in order of its text. */
  readonly counts: ReadonlyMap<string, number>
}

export function countAnswers(answers: readonly (string | null)[]): Answers {
  const counts = new Map<string, number>()
  for (const answer of answers.filter((given) => given !== null).sort())
    counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return { replies: answers.length, counts }
}

/** The share of the pairs of replies that agree (an item's agreement as Fleiss 1971, Psychological Bulletin 76:378, eq. 3, has it); null with one reply. */
export function agreementWithin({ replies, counts }: Answers): number | null {
  if (replies < 2) return null
  let agreeing = 0
  for (const count of counts.values()) agreeing += count * (count - 1)
  return agreeing / (replies * (replies - 1))
}

/** The share of the pairs of one reply each that agree; null where one side has none. */
export function agreementBetween(one: Answers, other: Answers): number | null {
  if (one.replies === 0 || other.replies === 0) return null
  let agreeing = 0
  for (const [answer, count] of one.counts) agreeing += count * (other.counts.get(answer) ?? 0)
  return agreeing / (one.replies * other.replies)
}

/**
 * Of cases that should be answered alike, the mean over their pairs; null with one case. Over pairs the shares of an answer multiply, so
 * that its squared sum has every pair twice, and each case once with itself.
 */
export function agreementAmong(cases: readonly Answers[]): number | null {
  if (cases.length < 2) return null
  const sums = new Map<string, { sum: number; squares: number }>()
  for (const { replies, counts } of cases) {
    for (const [answer, count] of counts) {
      const known = sums.get(answer) ?? { sum: 0, squares: 0 }
      const share = count / replies
      sums.set(answer, { sum: known.sum + share, squares: known.squares + share ** 2 })
    }
  }
  const ordered = [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
  const twice = ordered.reduce((total, [, { sum, squares }]) => total + (sum ** 2 - squares), 0)
  return Math.min(1, Math.max(0, twice / (cases.length * (cases.length - 1))))
}
