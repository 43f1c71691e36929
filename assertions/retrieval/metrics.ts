/** Grades of relevance by document id: above 0. Binary relevance is grade 1. */
export type Grades = ReadonlyMap<string, number>

/** What a relevant document is worth: its grade, or 2^grade − 1 (Burges et al. 2005), which favours the most relevant ones. */
export type Gain = 'linear' | 'exponential'

/** Each id once, at its first and best rank: the ranks below it move up. */
export function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}

/** Share of the relevant documents that are among the first k. */
export function recallAt(ranked: readonly string[], grades: Grades, k: number): number {
  return hits(ranked, grades, k) / grades.size
}

/** Share of the first k ranks that hold a relevant document; a rank left empty holds none. */
export function precisionAt(ranked: readonly string[], grades: Grades, k: number): number {
  return hits(ranked, grades, k) / k
}

/** One over the rank of the first relevant document, 0 without one. Its mean over cases is MRR. */
export function reciprocalRank(ranked: readonly string[], grades: Grades): number {
  const first = ranked.findIndex((id) => grades.has(id))
  return first === -1 ? 0 : 1 / (first + 1)
}

/** Mean, over all relevant documents, of the precision at the rank of each; 0 for one that was not retrieved. Its mean over cases is MAP. */
export function averagePrecision(ranked: readonly string[], grades: Grades): number {
  let found = 0
  let sum = 0
  for (const [index, id] of ranked.entries()) if (grades.has(id)) sum += ++found / (index + 1)
  return sum / grades.size
}

/** Discounted cumulative gain of the first k: each gain over log2(rank + 1) (Järvelin & Kekäläinen 2002, TOIS 20:422). */
export function dcg(gains: readonly number[], k: number): number {
  return gains.slice(0, k).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0)
}

/** DCG over that of the best order there is. */
export function ndcgAt(ranked: readonly string[], grades: Grades, k: number, gain: Gain = 'linear'): number {
  const top = [...grades.values()].reduce((most, grade) => Math.max(most, grade), 0)
  const worth = (grade: number): number => relativeGain(grade, top, gain)
  const ideal = dcg(
    [...grades.values()].map(worth).toSorted((a, b) => b - a),
    k,
  )
  const gains = ranked.map((id) => {
    const grade = grades.get(id)
    return grade === undefined ? 0 : worth(grade)
  })
  // The order of summing may leave it a bit above 1.
  return Math.min(1, dcg(gains, k) / ideal)
}

/** As a share of what the highest grade is worth or nearly so: 2^grade by itself would be endless for a large one. */
function relativeGain(grade: number, top: number, gain: Gain): number {
  return gain === 'linear' ? grade / top : 2 ** (grade - top) * -Math.expm1(-grade * Math.LN2)
}

function hits(ranked: readonly string[], grades: Grades, k: number): number {
  return ranked.slice(0, k).filter((id) => grades.has(id)).length
}
