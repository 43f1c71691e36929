/** Saturation of a term's count, and how much a long text is held against it: the usual values. */
const K1 = 1.2
const B = 0.75

/** Texts by how well they answer to a query, best first (Okapi BM25: Robertson & Zaragoza 2009, eq. 3.15); those that share no word are left out. */
export function bm25<T extends { readonly text: string }>(query: string, items: readonly T[]): T[] {
  const bags = items.map(({ text }) => bagOf(text))
  const average = bags.reduce((sum, { length }) => sum + length, 0) / Math.max(1, bags.length)
  const asked = [...new Set(termsOf(query))].map((term) => {
    const holders = bags.filter(({ counts }) => counts.has(term)).length
    return { term, rarity: Math.log(1 + (bags.length - holders + 0.5) / (holders + 0.5)) }
  })
  const scored = items.map((item, index) => {
    const { counts, length } = bags[index] ?? bagOf('')
    const score = asked.reduce((sum, { term, rarity }) => {
      const count = counts.get(term) ?? 0
      return sum + (rarity * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average))
    }, 0)
    return { item, score }
  })
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item)
}

function bagOf(text: string): { counts: ReadonlyMap<string, number>; length: number } {
  const counts = new Map<string, number>()
  const terms = termsOf(text)
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return { counts, length: terms.length }
}

function termsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
