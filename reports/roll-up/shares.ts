/**
 * Parts a total among those that need some of it: who needs less than an equal share gets what it needs, and leaves the rest
 * to the others.
 */
export function shares(total: number, needs: readonly number[]): number[] {
  const given = needs.map(() => 0)
  const byNeed = needs.map((need, i) => ({ need, i })).toSorted((a, b) => a.need - b.need)
  let left = total
  for (const [done, { need, i }] of byNeed.entries()) {
    const share = Math.min(need, Math.floor(left / (needs.length - done)))
    given[i] = share
    left -= share
  }
  return given
}
