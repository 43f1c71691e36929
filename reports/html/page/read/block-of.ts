/** The block that holds a row: the last one that starts at or before it. */
export function blockOf(starts: readonly number[], row: number): number {
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= row) low = middle
    else high = middle
  }
  return low
}
