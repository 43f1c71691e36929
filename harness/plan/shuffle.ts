import type { Case } from '../model/case.ts'
import { shortDigest } from '../suite/cases/identity.ts'

/** Where a case stands in a random order: it depends on the seed and the id alone. */
export function shuffleRank(seed: number, caseId: string): string {
  return shortDigest(`${seed}\n${caseId}`)
}

/** Cases in a random order. They are held for it. */
export async function* shuffled(cases: AsyncIterable<Case>, seed: number): AsyncGenerator<Case, void> {
  const ranked = (await Array.fromAsync(cases)).map((testCase) => ({
    testCase,
    rank: shuffleRank(seed, testCase.id),
  }))
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))
  for (const { testCase } of ranked) yield testCase
}
