/** Whether expected call `i` is made by step `j`. */
export type Fits = (expected: number, step: number) => boolean

/** By expected call: the step that makes it. */
export type Alignment = ReadonlyMap<number, number>

/** The longest common subsequence: as many expected calls as possible, in their order, other steps between them. */
export function inOrder(expected: number, steps: number, fits: Fits): Alignment {
  const width = steps + 1
  // lengths[i · width + j]: of what is left from call i and step j on. Counts are at most the 200 calls a config may have.
  const lengths = new Uint16Array((expected + 1) * width)
  for (let i = expected - 1; i >= 0; i--) {
    for (let j = steps - 1; j >= 0; j--) {
      const [right, below] = [lengths[i * width + j + 1] ?? 0, lengths[(i + 1) * width + j] ?? 0]
      const taken = fits(i, j) ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : 0
      lengths[i * width + j] = Math.max(right, below, taken)
    }
  }
  const pairs = new Map<number, number>()
  for (let i = 0, j = 0; i < expected && j < steps;) {
    const left = lengths[i * width + j]
    if (fits(i, j) && left === (lengths[(i + 1) * width + j + 1] ?? 0) + 1) pairs.set(i++, j++)
    else if (left === lengths[(i + 1) * width + j]) i++
    else j++
  }
  return pairs
}

/** A largest matching, whatever the order, by augmenting paths (Kuhn 1955): no step makes two of the expected calls. */
export function anyOrder(expected: number, steps: number, fits: Fits): Alignment {
  const callOf = new Map<number, number>()
  for (let i = 0; i < expected; i++) augment(i, steps, fits, callOf, new Set())
  return new Map([...callOf].map(([step, call]) => [call, step] as const).sort(([a], [b]) => a - b))
}

/** As deep as there are expected calls at most. */
function augment(
  call: number,
  steps: number,
  fits: Fits,
  callOf: Map<number, number>,
  seen: Set<number>,
): boolean {
  for (let j = 0; j < steps; j++) {
    if (!callOf.has(j) && !seen.has(j) && fits(call, j)) {
      callOf.set(j, call)
      return true
    }
  }
  for (const [j, holder] of callOf) {
    if (seen.has(j) || !fits(call, j)) continue
    seen.add(j)
    if (augment(holder, steps, fits, callOf, seen)) {
      callOf.set(j, call)
      return true
    }
  }
  return false
}
