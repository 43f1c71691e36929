import type { Source } from './source.ts'

interface Said {
  readonly terms: ReadonlySet<string>
}

/** The part of a passage, a clause or a sentence, that is most about what a claim is about, and by how much. */
export interface Nearest<T> {
  readonly part: T
  readonly weight: number
}

/** The part that is most about the same; the first of several. */
export function nearestTo<T extends Said>(
  terms: Iterable<string>,
  parts: readonly T[],
  source: Source,
): Nearest<T> | undefined {
  const all = [...terms]
  let best: Nearest<T> | undefined
  for (const part of parts) {
    const weight = shared(all, part, source)
    if (best === undefined || weight > best.weight) best = { part, weight }
  }
  return best
}

/** The weight of the terms that a part has. */
export function shared(terms: readonly string[], { terms: others }: Said, source: Source): number {
  let weight = 0
  for (const term of terms) if (others.has(term)) weight += source.weight(term)
  return weight
}
