/** The sum of what `of` takes of each. */
export function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

/** The sum, where all of them are known. */
export function known(values: readonly (number | 'unknown')[]): number | 'unknown' {
  return values.reduce<number | 'unknown'>(
    (sum, value) => (sum === 'unknown' || value === 'unknown' ? 'unknown' : sum + value),
    0,
  )
}
