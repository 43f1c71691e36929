/** How the verdicts of a panel become one. */
export type PanelRule = 'majority' | 'mean' | 'median'

/**
 * The panel's score, from 0 to 1, by those members that gave one. `majority`: the score that most of them gave, of several equally
 * frequent ones the median of all; a median of two is halfway.
 * @param scores of the members, null for one without a verdict
 * @returns null where no member gave one, or fewer than half of them
 */
export function combine(scores: readonly (number | null)[], rule: PanelRule): number | null {
  const given = scores.filter((score) => score !== null).toSorted((a, b) => a - b)
  if (given.length === 0 || 2 * given.length < scores.length) return null
  if (rule === 'mean') return Math.min(1, given.reduce((sum, score) => sum + score, 0) / given.length)
  return rule === 'median' ? median(given) : majority(given)
}

function majority(sorted: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const score of sorted) counts.set(score, (counts.get(score) ?? 0) + 1)
  const most = Math.max(...counts.values())
  const modes = [...counts].filter(([, count]) => count === most).map(([score]) => score)
  return modes.length === 1 ? (modes[0] as number) : median(sorted)
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] as number
  return Number.isInteger(middle) ? ((sorted[middle - 1] as number) + upper) / 2 : upper
}
